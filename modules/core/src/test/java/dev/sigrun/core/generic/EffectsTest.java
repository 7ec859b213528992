// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Events and replicated commands, in the order and form in which the reference server sent them.
 */
final class EffectsTest {
    private static final String PAYLOAD =
            new String(FakePayload.encode("1"), StandardCharsets.ISO_8859_1);

    private final FakeServer server = new FakeServer();

    @Test
    void deletingReplicatesAsItCameWhenAnyKeyWent() {
        set("a");
        server.run("DEL", "a", "a", "b");
        server.run("UNLINK", "a");
        assertEvents("del@0:a");
        assertReplicated("DEL a a b");
    }

    @Test
    void timeToLiveReplicatesAsPointInTime() {
        set("a");
        server.run("EXPIRE", "a", "100", "NX");
        server.run("EXPIREAT", "a", "33177117420");
        server.run("PEXPIRE", "a", "5");
        server.run("pexpireat", "a", "33177117420000");
        server.run("EXPIRE", "a", "100", "NX");
        server.run("EXPIRE", "nokey", "100");
        assertEvents("expire@0:a", "expire@0:a", "expire@0:a", "expire@0:a");
        assertReplicated(
                "PEXPIREAT a " + (FakeServer.NOW + 100_000) + " NX",
                "PEXPIREAT a 33177117420000",
                "PEXPIREAT a " + (FakeServer.NOW + 5),
                "pexpireat a 33177117420000");
    }

    @Test
    void pointInThePastExpiresTheKeyAtOnce() {
        set("a");
        server.run("EXPIRE", "a", "-1");
        assertEvents("x:expired@0:a");
        assertReplicated("UNLINK a");
    }

    @Test
    void replicatedPointInThePastKeepsTheKeyForThePrimaryToRemove() {
        set("a");
        server.fromPrimary = true;
        assertEquals(":1", server.run("PEXPIREAT", "a", "-5"));
        assertEquals(0, server.find(0, "a").expireAt);
        assertEquals("+OK", server.run("RESTORE", "b", "1", PAYLOAD, "ABSTTL"));
        assertEquals(1, server.find(0, "b").expireAt);
    }

    @Test
    void persistingReplicatesOnce() {
        set("a");
        server.run("EXPIREAT", "a", "33177117420");
        server.events.clear();
        server.replicated.clear();
        server.run("PERSIST", "a");
        server.run("PERSIST", "a");
        assertEvents("persist@0:a");
        assertReplicated("PERSIST a");
    }

    @Test
    void renamingTellsBothNames() {
        set("a");
        set("b");
        server.run("RENAME", "a", "b");
        server.run("RENAME", "b", "b");
        assertEvents("new@0:b", "rename_from@0:a", "rename_to@0:b");
        assertReplicated("RENAME a b");
    }

    @Test
    void movingTellsBothDatabases() {
        set("a");
        server.run("MOVE", "a", "1");
        server.run("MOVE", "a", "1");
        assertEvents("new@1:a", "move_from@0:a", "move_to@1:a");
        assertReplicated("MOVE a 1");
    }

    @Test
    void copyingTellsTheTarget() {
        set("a");
        set("b");
        server.run("COPY", "a", "b");
        server.run("COPY", "a", "b", "REPLACE");
        server.run("COPY", "a", "b", "DB", "2");
        assertEvents("new@0:b", "copy_to@0:b", "new@2:b", "copy_to@2:b");
        assertReplicated("COPY a b REPLACE", "COPY a b DB 2");
    }

    @Test
    void restoringReplicatesAsPointInTimeWithItsOptions() {
        server.run("RESTORE", "a", "0", PAYLOAD);
        server.run("RESTORE", "b", "5", PAYLOAD, "IDLETIME", "7");
        server.run("RESTORE", "c", "33177117420000", PAYLOAD, "ABSTTL");
        assertEquals(7, server.find(0, "b").idleSeconds);
        assertReplicated(
                "RESTORE a 0 " + PAYLOAD,
                "RESTORE b " + (FakeServer.NOW + 5) + " " + PAYLOAD + " IDLETIME 7 ABSTTL",
                "RESTORE c 33177117420000 " + PAYLOAD + " ABSTTL");
        assertTrue(server.events.containsAll(List.of("restore@0:a", "restore@0:c")));
    }

    @Test
    void restoringWhatHasExpiredOnlyRemovesWhatItReplaces() {
        set("a");
        server.run("RESTORE", "a", "5", PAYLOAD, "REPLACE", "ABSTTL");
        server.run("RESTORE", "z", "5", PAYLOAD, "REPLACE", "ABSTTL");
        assertTrue(server.events.contains("del@0:a"));
        assertTrue(server.database(0).isEmpty());
        assertReplicated("UNLINK a");
    }

    @Test
    void askingLeavesTheAccessTimeAlone() {
        set("a");
        for (String name : List.of("EXISTS", "TYPE", "TTL", "PTTL", "EXPIRETIME")) {
            server.run(name, "a");
        }
        assertEquals(0, server.find(0, "a").touches);
        server.run("TOUCH", "a");
        assertEquals(1, server.find(0, "a").touches);
        server.run("DUMP", "a");
        assertEquals(2, server.find(0, "a").touches);
    }

    private void set(String name) {
        server.run("SET", name, "1");
    }

    private void assertEvents(String... expected) {
        assertEquals(List.of(expected), server.events);
    }

    private void assertReplicated(String... expected) {
        assertEquals(List.of(expected), server.replicated);
    }
}
