// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.spi.type.DataType;
import dev.sigrun.spi.type.RdbException;
import java.nio.charset.StandardCharsets;

/** A key of the fake server. Fails when a precondition of the contract is broken. */
final class FakeKey implements Key {
    private final FakeServer server;
    private final int db;
    private final String name;

    FakeKey(FakeServer server, int db, String name) {
        this.server = server;
        this.db = db;
        this.name = name;
    }

    private FakeEntry entry() {
        return server.find(db, name);
    }

    private void put(FakeEntry entry) {
        if (isPresent()) {
            throw new AssertionError(name + " must be absent");
        }
        server.database(db).put(name, entry);
        server.modified();
        notify(NotifyClass.NEW, "new");
    }

    @Override
    public Bytes name() {
        return FakeBytes.of(name);
    }

    @Override
    public boolean isPresent() {
        return entry() != null;
    }

    @Override
    public String typeName() {
        return isPresent() ? "string" : "none";
    }

    @Override
    public boolean isString() {
        return isPresent();
    }

    @Override
    public boolean remove(boolean background) {
        if (!isPresent()) {
            return false;
        }
        server.database(db).remove(name);
        server.modified();
        return true;
    }

    @Override
    public long expireAtMillis() {
        return isPresent() ? entry().expireAt : -1;
    }

    @Override
    public void expireAt(long unixMillis) {
        entry().expireAt = unixMillis;
        server.modified();
    }

    @Override
    public boolean persist() {
        if (expireAtMillis() == -1) {
            return false;
        }
        expireAt(-1);
        return true;
    }

    @Override
    public void moveTo(Key target) {
        FakeEntry moved = entry();
        ((FakeKey) target).put(moved);
        server.database(db).remove(name);
    }

    @Override
    public void copyTo(Key target) {
        ((FakeKey) target).put(entry().copy());
    }

    @Override
    public byte[] dump() {
        return FakePayload.encode(entry().value);
    }

    @Override
    public void restore(Bytes payload) throws RdbException {
        put(new FakeEntry(FakePayload.decode(payload.copy())));
    }

    @Override
    public void touch() {
        entry().touches++;
        entry().idleSeconds = 0;
    }

    @Override
    public void idleSeconds(long seconds) {
        entry().idleSeconds = seconds;
    }

    @Override
    public void frequency(int value) {
        entry().frequency = value;
    }

    @Override
    public void notify(int notifyClass, String event) {
        server.event(notifyClass, event + "@" + db + ":" + name);
    }

    @Override
    public Bytes string() {
        return isPresent() ? FakeBytes.of(entry().value) : null;
    }

    @Override
    public int stringLength() {
        return isPresent() ? entry().value.length() : 0;
    }

    @Override
    public void setString(Bytes content, boolean keepTtl) {
        setString(content.copy(), keepTtl);
    }

    @Override
    public void setString(byte[] content, boolean keepTtl) {
        FakeEntry fresh = new FakeEntry(new String(content, StandardCharsets.ISO_8859_1));
        fresh.expireAt = keepTtl ? expireAtMillis() : -1;
        server.database(db).put(name, fresh);
    }

    @Override
    public long integer(long absent) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setInteger(long value, boolean keepTtl) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Bytes growString(int length) {
        throw new UnsupportedOperationException();
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
}
