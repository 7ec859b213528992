// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hyperloglog;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;

/**
 * A HyperLogLog that is being changed, in a block of its own, so that the key sees either all of
 * the changes or, when the registers turn out to be damaged, none. Owner thread only; one object
 * serves all commands, from {@link #open} to {@link #close}.
 *
 * <p>A sparse one becomes dense when a register needs a value that runs cannot have, or when it
 * would grow past the limit. Runs are split and joined exactly as Valkey does it, so the bytes are
 * the same.
 */
final class Draft {
    /** A register in a run of others makes two runs more, one of which may be long. */
    private static final int GROWTH_BYTES_MAX = 3;

    /** How many runs are looked at, from the one before a change on, for some to be joined. */
    private static final int JOINS_LOOKED_AT = 5;

    private static final int EMPTY_LENGTH = Layout.HEADER_BYTES + 2;
    private static final int NONE = -1;

    private final CoreMemory memory;
    private final Reader reader = new Reader();
    private final Registers registers = new Registers();
    private final SparseRuns runs = new SparseRuns();
    private long address;
    private int capacity;
    private int length;
    private int sparseLengthMax;

    /**
     * A run from which a walk to a later register can begin: the one before the run at which
     * joining began, so it is as it was.
     */
    private int resumeAt;

    private int resumeFirst;

    Draft(CoreMemory memory) {
        this.memory = memory;
    }

    /**
     * Begins with a copy of a string that {@link Layout#check} has let pass, or with an empty
     * HyperLogLog.
     *
     * @param content the string; null for none
     * @param sparseBytesMax how long a sparse one may become
     * @param changes how many registers are going to be raised at most
     */
    void open(Bytes content, long sparseBytesMax, int changes) {
        length = content == null ? EMPTY_LENGTH : content.length();
        sparseLengthMax = (int) Math.min(sparseBytesMax, Layout.SPARSE_LENGTH_MAX);
        long room = length + (long) GROWTH_BYTES_MAX * changes;
        capacity = (int) Math.max(length, Math.min(room, sparseLengthMax));
        address = memory.allocate(capacity);
        if (content == null) {
            Layout.writeHeader(address, Layout.SPARSE);
            SparseRuns.write(address + Layout.HEADER_BYTES, 0, Layout.REGISTERS);
        } else {
            Memory.copy(content.address(), address, length);
        }
        resumeAt = Layout.HEADER_BYTES;
        resumeFirst = 0;
    }

    /** Gives the block back. */
    void close() {
        memory.free(address, capacity);
        address = 0;
    }

    /** Makes the changed HyperLogLog the content of a key, whose time to live stays. */
    void store(Key key) {
        Layout.outdate(address);
        storeAsIs(key);
    }

    /** Makes a HyperLogLog that has the registers it had the content of a key. */
    void storeAsIs(Key key) {
        key.setString(address, length, true);
    }

    /** Whether the HyperLogLog is sparse as yet. */
    boolean isSparse() {
        return Layout.encoding(address) == Layout.SPARSE;
    }

    /**
     * The number of elements, estimated from the registers.
     *
     * @throws CommandException when the registers are damaged
     */
    long estimate() throws CommandException {
        return reader.estimate(address, length);
    }

    /** Makes the HyperLogLog dense, with other registers. */
    void become(Registers other) {
        address = memory.resize(address, capacity, Layout.DENSE_LENGTH);
        capacity = Layout.DENSE_LENGTH;
        length = Layout.DENSE_LENGTH;
        Layout.encoding(address, Layout.DENSE);
        other.writeDense(address);
    }

    /**
     * Makes the HyperLogLog dense.
     *
     * @throws CommandException when the registers are damaged
     */
    void makeDense() throws CommandException {
        registers.clear();
        mergeInto(registers);
        become(registers);
    }

    /**
     * Raises registers to those of the HyperLogLog where they are lower.
     *
     * @throws CommandException when the registers are damaged
     */
    void mergeInto(Registers union) throws CommandException {
        reader.merge(address, length, union);
    }

    /**
     * Raises a register.
     *
     * @return whether it was lower
     * @throws CommandException when the registers are damaged
     */
    boolean raise(int index, int value) throws CommandException {
        if (isSparse()) {
            if (value <= SparseRuns.VALUE_MAX) {
                return raiseInRuns(index, value);
            }
            makeDense();
        }
        return raiseDense(index, value);
    }

    private boolean raiseDense(int index, int value) {
        long dense = address + Layout.HEADER_BYTES;
        boolean lower = DenseRegisters.get(dense, index) < value;
        if (lower) {
            DenseRegisters.set(dense, index, value);
        }
        return lower;
    }

    private boolean raiseInRuns(int index, int value) throws CommandException {
        int before = find(index);
        int at = runs.at();
        int old = runs.value();
        if (old >= value) {
            return false;
        }
        int left = index - runs.first();
        int right = runs.span() - left - 1;
        int bytes = SparseRuns.bytesFor(old, left) + 1 + SparseRuns.bytesFor(old, right);
        int more = bytes - runs.bytes();
        if (more > 0 && length + more > sparseLengthMax) {
            makeDense();
            return raiseDense(index, value);
        }
        int behind = at + runs.bytes();
        Memory.copy(address + behind, address + behind + more, length - behind);
        length += more;
        long run = address + at;
        run += SparseRuns.write(run, old, left);
        run += SparseRuns.write(run, value, 1);
        SparseRuns.write(run, old, right);
        joinFrom(before);
        return true;
    }

    /**
     * Walks to the run of a register.
     *
     * @return where the run before it begins; where it begins itself when it is the first
     * @throws CommandException when there is no such run
     */
    private int find(int index) throws CommandException {
        int before = NONE;
        if (resumeFirst <= index) {
            before = walk(index, resumeAt, resumeFirst);
        }
        if (before == NONE) { // What comes before the run is only seen from further back.
            before = walk(index, Layout.HEADER_BYTES, 0);
        }
        return before == NONE ? runs.at() : before;
    }

    private int walk(int index, int fromAt, int fromFirst) throws CommandException {
        int earlierAt = NONE;
        int earlierFirst = 0;
        int beforeAt = NONE;
        int beforeFirst = 0;
        runs.begin(address, length, fromAt, fromFirst);
        while (runs.next()) {
            if (index < runs.first() + runs.span()) {
                resumeAt = earlierAt == NONE ? fromAt : earlierAt;
                resumeFirst = earlierAt == NONE ? fromFirst : earlierFirst;
                return beforeAt;
            }
            earlierAt = beforeAt;
            earlierFirst = beforeFirst;
            beforeAt = runs.at();
            beforeFirst = runs.first();
        }
        throw Layout.CORRUPT;
    }

    /**
     * Joins runs of one value from a place on, as far as a change can have made them neighbours.
     */
    private void joinFrom(int place) {
        int at = place;
        for (int looked = 0; looked < JOINS_LOOKED_AT && at < length; looked++) {
            long run = address + at;
            int value = SparseRuns.value(run);
            boolean joined = value > 0 && at + 1 < length && join(run, value, at);
            if (!joined) {
                at += SparseRuns.isLong(run) ? 2 : 1;
            }
        }
    }

    private boolean join(long run, int value, int at) {
        if (SparseRuns.value(run + 1) != value) {
            return false;
        }
        int span = SparseRuns.span(run) + SparseRuns.span(run + 1);
        if (span > SparseRuns.VALUE_SPAN_MAX) {
            return false;
        }
        SparseRuns.write(run, value, span);
        Memory.copy(run + 2, run + 1, length - at - 2);
        length--;
        return true;
    }
}
