// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.type.DataType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A key of a fake server. What it lends is taken back as soon as it changes. */
final class FakeKey implements Key {
    private final FakeServer server;
    private final String name;
    private final List<FakeBytes> lent = new ArrayList<>();
    private boolean present;
    private FakeBytes content;
    private long expireAtMillis = -1;

    FakeKey(FakeServer server, String name) {
        this.server = server;
        this.name = name;
    }

    /** Makes the key hold something that is no string. */
    void holdOther() {
        present = true;
        content = null;
    }

    private void change() {
        server.dirty();
        lent.forEach(FakeBytes::takeBack);
        lent.clear();
    }

    private void requireStringOrNothing() throws CommandException {
        if (present && content == null) {
            throw CommandException.WRONG_TYPE;
        }
    }

    @Override
    public Bytes name() {
        return FakeBytes.of(name);
    }

    @Override
    public boolean isPresent() {
        return present;
    }

    @Override
    public String typeName() {
        return !present ? "none" : content == null ? "other" : "string";
    }

    @Override
    public boolean isString() {
        return content != null;
    }

    @Override
    public Bytes string() throws CommandException {
        requireStringOrNothing();
        if (content == null) {
            return null;
        }
        FakeBytes view = content.lend();
        lent.add(view);
        return view;
    }

    @Override
    public int stringLength() throws CommandException {
        requireStringOrNothing();
        return content == null ? 0 : content.length();
    }

    @Override
    public long integer(long absent) throws CommandException {
        requireStringOrNothing();
        return content == null ? absent : FakeArgs.parseLong(content.text());
    }

    @Override
    public void setString(Bytes value, boolean keepTtl) {
        setString(value.copy(), keepTtl);
    }

    @Override
    public void setString(byte[] value, boolean keepTtl) {
        change();
        present = true;
        content = FakeBytes.of(value);
        expireAtMillis = keepTtl ? expireAtMillis : -1;
    }

    @Override
    public void setInteger(long value, boolean keepTtl) {
        setString(Long.toString(value).getBytes(StandardCharsets.US_ASCII), keepTtl);
    }

    @Override
    public Bytes growString(int length) throws CommandException {
        requireStringOrNothing();
        byte[] old = content == null ? new byte[0] : content.copy();
        setString(Arrays.copyOf(old, Math.max(old.length, length)), true);
        return string();
    }

    @Override
    public boolean remove(boolean background) {
        change();
        boolean was = present;
        present = false;
        content = null;
        expireAtMillis = -1;
        return was;
    }

    @Override
    public long expireAtMillis() {
        return expireAtMillis;
    }

    @Override
    public void expireAt(long unixMillis) {
        if (!present) {
            throw new AssertionError("no key to expire: " + name);
        }
        change();
        expireAtMillis = unixMillis;
    }

    @Override
    public boolean persist() {
        boolean was = expireAtMillis != -1;
        if (was) {
            change();
            expireAtMillis = -1;
        }
        return was;
    }

    @Override
    public void notify(int notifyClass, String event) {
        server.event(event, name);
    }

    @Override
    public <V> V value(DataType<V> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <V> void setValue(DataType<V> type, V value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void markModified() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void moveTo(Key target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void copyTo(Key target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] dump() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void restore(Bytes payload) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void touch() {}

    @Override
    public void idleSeconds(long seconds) {}

    @Override
    public void frequency(int value) {}
}
