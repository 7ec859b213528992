// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.fake;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.type.Cell;
import dev.sigrun.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;

/** A key that holds a value of a plugin, or a foreign one, or nothing. */
public final class FakeKey implements Key {
    private final Bytes name;
    private final List<String> events = new ArrayList<>();
    private DataType<?> type;
    private Object value;
    private boolean foreign;
    private int changes;

    FakeKey(String name) {
        this.name = FakeBytes.of(name);
    }

    /** Makes the key hold what no plugin knows. */
    public void setForeign() {
        foreign = true;
    }

    /** Events that were raised. */
    public List<String> events() {
        return events;
    }

    /** How often the key was changed. */
    public int changes() {
        return changes;
    }

    /** What the key holds. */
    public Object held() {
        return value;
    }

    @Override
    public Bytes name() {
        return name;
    }

    @Override
    public boolean isPresent() {
        return value != null || foreign;
    }

    @Override
    public String typeName() {
        if (foreign) {
            return "list";
        }
        return value == null ? "none" : type.spec().name();
    }

    @Override
    public <V> V value(DataType<V> wanted) throws CommandException {
        if (foreign || (value != null && !wanted.equals(type))) {
            throw CommandException.WRONG_TYPE;
        }
        return wanted.spec().valueClass().cast(value);
    }

    @Override
    public <V> void setValue(DataType<V> newType, V newValue) {
        if (isPresent()) {
            throw new AssertionError("a filter is put over another value");
        }
        type = newType;
        value = newValue;
        changes++;
    }

    @Override
    public void markModified() {
        changes++;
    }

    @Override
    public void notify(int notifyClass, String event) {
        events.add(notifyClass + " " + event);
    }

    private static AssertionError unexpected() {
        return new AssertionError("not a call of this plugin");
    }

    @Override
    public boolean isString() {
        throw unexpected();
    }

    @Override
    public Bytes string() {
        throw unexpected();
    }

    @Override
    public int stringLength() {
        throw unexpected();
    }

    @Override
    public long integer(long absent) {
        throw unexpected();
    }

    @Override
    public void setString(Bytes content, boolean keepTtl) {
        throw unexpected();
    }

    @Override
    public void setString(byte[] content, boolean keepTtl) {
        throw unexpected();
    }

    @Override
    public void setString(long address, int length, boolean keepTtl) {
        throw unexpected();
    }

    @Override
    public void setInteger(long number, boolean keepTtl) {
        throw unexpected();
    }

    @Override
    public Bytes growString(int length) {
        throw unexpected();
    }

    @Override
    public boolean remove(boolean background) {
        throw unexpected();
    }

    @Override
    public long expireAtMillis() {
        throw unexpected();
    }

    @Override
    public void expireAt(long unixMillis) {
        throw unexpected();
    }

    @Override
    public boolean persist() {
        throw unexpected();
    }

    @Override
    public void moveTo(Key target) {
        throw unexpected();
    }

    @Override
    public void copyTo(Key target) {
        throw unexpected();
    }

    @Override
    public byte[] dump() {
        throw unexpected();
    }

    @Override
    public void restore(Bytes payload) {
        throw unexpected();
    }

    @Override
    public void checkPayload(Bytes payload) {
        throw unexpected();
    }

    @Override
    public void touch() {
        throw unexpected();
    }

    @Override
    public void idleSeconds(long seconds) {
        throw unexpected();
    }

    @Override
    public void frequency(int count) {
        throw unexpected();
    }

    @Override
    public Cell newValue(DataType<Cell> type, int length) {
        throw unexpected();
    }

    @Override
    public void elementsExpire(boolean some) {
        throw unexpected();
    }

    @Override
    public void countChange() {
        throw unexpected();
    }

    @Override
    public void countExpiredElements(long elements) {
        throw unexpected();
    }

    @Override
    public void countChanges(long more) {
        throw unexpected();
    }
}
