// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.fake;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.reply.ReplyWriter;

/** Writes a reply as text; counts integers without allocating when it is muted. */
public final class FakeReply implements ReplyWriter {
    private final StringBuilder out = new StringBuilder();
    private boolean muted;
    private long sum;

    /** The reply and a new beginning. */
    public String take() {
        String text = out.toString().strip();
        out.setLength(0);
        return text;
    }

    /** Only sums integers up from now on. */
    public void mute() {
        muted = true;
    }

    /** Sum of the integers since {@link #mute}. */
    public long sum() {
        return sum;
    }

    private void put(String text) {
        out.append(text).append(' ');
    }

    @Override
    public void ok() {
        put("+OK");
    }

    @Override
    public void simple(String text) {
        put("+" + text);
    }

    @Override
    public void error(CommandException error) {
        put("-" + error.getMessage());
    }

    @Override
    public void integer(long value) {
        if (muted) {
            sum += value;
        } else {
            put(":" + value);
        }
    }

    @Override
    public void bulk(Bytes content) {
        put("$" + content.text());
    }

    @Override
    public void bulk(long address, int length) {
        throw new AssertionError("not a call of this plugin");
    }

    @Override
    public void bulk(byte[] content) {
        put("$" + content.length);
    }

    @Override
    public void bulk(String text) {
        put("$" + text);
    }

    @Override
    public void bulk(long value) {
        put("$" + value);
    }

    @Override
    public void verbatim(String format, String text) {
        put("=" + text);
    }

    @Override
    public void verbatim(String format, byte[] content) {
        put("=" + content.length);
    }

    @Override
    public void bigNumber(String digits) {
        put("(" + digits);
    }

    @Override
    public void dbl(double value) {
        put("," + value);
    }

    @Override
    public void dbl(long address, int length) {
        throw new AssertionError("not a call of this plugin");
    }

    @Override
    public void bool(boolean value) {
        put("#" + value);
    }

    @Override
    public void nil() {
        put("_");
    }

    @Override
    public void nilArray() {
        put("_");
    }

    @Override
    public void array(int length) {
        put("*" + length);
    }

    @Override
    public void map(int length) {
        put("%" + length);
    }

    @Override
    public void set(int length) {
        put("~" + length);
    }

    @Override
    public long deferredArray() {
        return out.length();
    }

    @Override
    public void closeArray(long mark, int length) {
        out.insert((int) mark, "*" + length + " ");
    }

    @Override
    public void closeSet(long mark, int length) {
        out.insert((int) mark, "~" + length + " ");
    }

    @Override
    public void closeMap(long mark, int length) {
        out.insert((int) mark, "%" + length + " ");
    }
}
