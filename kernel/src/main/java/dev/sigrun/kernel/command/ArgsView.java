// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.base.Slice;
import dev.sigrun.kernel.wire.RequestBatch;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.number.Decimal;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;
import java.util.Arrays;
import java.util.Objects;

/** The arguments of the command at hand, as views into the request's buffer. Owner thread only. */
final class ArgsView implements Args {
    /** Views kept between commands; a command with more arguments gets its own. */
    private static final int VIEWS_KEPT = 1024;

    private Slice[] views = new Slice[0];
    private RequestBatch batch;
    private long base;
    private int first;
    private int count;

    ArgsView() {
        reserve(16);
    }

    private void reserve(int wanted) {
        int from = views.length;
        views = Arrays.copyOf(views, wanted);
        for (int i = from; i < wanted; i++) {
            views[i] = new Slice();
        }
    }

    void wrap(RequestBatch requests, long bufferBase, int command) {
        batch = requests;
        base = bufferBase;
        first = requests.firstArgument(command);
        count = requests.argumentCount(command);
        reserveAll();
    }

    private void reserveAll() {
        if (count > views.length) {
            reserve(Math.max(count, Math.min(views.length * 2, VIEWS_KEPT)));
        }
    }

    /** Ends the loan of all views that were given out. */
    void release() {
        if (Memory.CHECKED) {
            for (int i = 0; i < Math.min(count, views.length); i++) {
                views[i].expire();
            }
        }
        if (views.length > VIEWS_KEPT) {
            views = Arrays.copyOf(views, VIEWS_KEPT);
        }
    }

    /** Points at what another view points at. */
    void point(ArgsView other) {
        batch = other.batch;
        base = other.base;
        first = other.first;
        count = other.count;
        reserveAll();
    }

    /**
     * Bytes from the first argument to the end of the last one, with what is between them. That is
     * known at once, and a request is little larger.
     */
    long span() {
        int last = first + count - 1;
        return (long) batch.offset(last) + batch.length(last) - batch.offset(first);
    }

    /** Bytes that the request takes on the wire. */
    long requestBytes() {
        long bytes = headBytes(count);
        for (int i = 0; i < count; i++) {
            int length = length(i);
            bytes += headBytes(length) + length + 2;
        }
        return bytes;
    }

    /** Bytes of a mark, a number and the end of the line. */
    private static long headBytes(int number) {
        long digits = 1;
        for (int rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        return 1 + digits + 2;
    }

    long address(int index) {
        return base + batch.offset(first + index);
    }

    int length(int index) {
        return batch.length(first + index);
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public Bytes bytes(int index) {
        Objects.checkIndex(index, count);
        return views[index].wrap(address(index), length(index));
    }

    @Override
    public boolean is(int index, String word) {
        return bytes(index).is(word);
    }

    @Override
    public long longAt(int index) throws CommandException {
        Objects.checkIndex(index, count);
        long address = address(index);
        int length = length(index);
        if (!Decimal.isInteger(address, length)) {
            throw CommandException.NOT_AN_INTEGER;
        }
        return Decimal.value(address, length);
    }

    @Override
    public long longAt(int index, long min, long max, CommandException error)
            throws CommandException {
        Objects.checkIndex(index, count);
        long address = address(index);
        int length = length(index);
        if (!Decimal.isInteger(address, length)) {
            throw error;
        }
        long value = Decimal.value(address, length);
        if (value < min || value > max) {
            throw error;
        }
        return value;
    }

    @Override
    public double doubleAt(int index) throws CommandException {
        return FloatArguments.parse(bytes(index));
    }
}
