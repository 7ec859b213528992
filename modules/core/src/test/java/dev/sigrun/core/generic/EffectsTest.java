// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.key.Access;
import dev.sigrun.testkit.Quoting;
import dev.sigrun.testkit.Recording;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Events and replicated commands, in the order and form in which the reference server sent them.
 */
final class EffectsTest {
    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock();

    private RespClient client;
    private Recording recording;

    @BeforeEach
    void start() {
        SERVER.flush();
        SERVER.onOwner(context -> context.toggles().activeExpire = false);
        client = SERVER.connect();
        recording = SERVER.record();
    }

    private void set(String... names) {
        for (String name : names) {
            client.call("SET", name, "1");
        }
        recording.takeLines();
    }

    private String payload() {
        set("source");
        String payload = client.ask("DUMP", "source").bulk();
        client.call("DEL", "source");
        recording.takeLines();
        return payload;
    }

    /** Runs commands, one a line, and compares what they do with the lines that are expected. */
    private void assertEffects(List<String> commands, String... expected) {
        commands.forEach(client::run);
        assertEquals(List.of(expected), recording.takeLines());
    }

    private static long expireAtMillis(String name) {
        int access = Access.EXPIRED_TOO | Access.NO_TOUCH | Access.NO_STATS;
        Bytes key = Bytes.constant(name);
        return SERVER.fromOwner(context ->
                context.dispatcher().execution().stored(0, key, access).expireAtMillis());
    }

    @Test
    void deletingReplicatesAsItCameWhenAnyKeyWent() {
        set("a");
        assertEffects(List.of("DEL a a b"), "@ del a", "& DEL a a b");
        assertEffects(List.of("UNLINK a"));
    }

    @Test
    void timeToLiveReplicatesAsPointInTime() {
        set("a");
        assertEffects(List.of("EXPIRE a 100 NX"), "@ expire a", "& PEXPIREAT a now+100000 NX");
        assertEffects(
                List.of("EXPIREAT a 33177117420"), "@ expire a", "& PEXPIREAT a 33177117420000");
        assertEffects(List.of("PEXPIRE a 5"), "@ expire a", "& PEXPIREAT a now+5");
        assertEffects(
                List.of("pexpireat a 33177117420000"),
                "@ expire a",
                "& PEXPIREAT a 33177117420000");
        assertEffects(List.of("EXPIRE a 100 NX", "EXPIRE nokey 100"));
    }

    @Test
    void pointInThePastExpiresTheKeyAtOnce() {
        set("a");
        assertEffects(List.of("EXPIRE a -1"), "@ expired a", "& UNLINK a");
    }

    @Test
    void replicatedPointInThePastKeepsTheKeyForThePrimaryToRemove() {
        String payload = payload();
        RespClient primary = SERVER.connectAsPrimary();
        set("a");
        assertEquals(":1", primary.call("PEXPIREAT", "a", "-5"));
        assertEquals(0, expireAtMillis("a"));
        assertEquals("+OK", primary.call("RESTORE", "b", "1", payload, "ABSTTL"));
        assertEquals(1, expireAtMillis("b"));
    }

    @Test
    void persistingReplicatesOnce() {
        set("a");
        client.call("EXPIREAT", "a", "33177117420");
        recording.takeLines();
        assertEffects(List.of("PERSIST a", "PERSIST a"), "@ persist a", "& PERSIST a");
    }

    @Test
    void renamingTellsBothNames() {
        set("a", "b");
        assertEffects(
                List.of("RENAME a b", "RENAME b b"),
                "@ rename_from a",
                "@ rename_to b",
                "& RENAME a b");
    }

    @Test
    void movingTellsBothDatabases() {
        set("a");
        assertEffects(
                List.of("MOVE a 1", "MOVE a 1"), "@ move_from a", "@ move_to a", "& MOVE a 1");
    }

    @Test
    void copyingTellsTheTarget() {
        set("a", "b");
        assertEffects(List.of("COPY a b"));
        assertEffects(List.of("COPY a b REPLACE"), "@ copy_to b", "& COPY a b REPLACE");
        assertEffects(List.of("COPY a b DB 2"), "@ copy_to b", "& COPY a b DB 2");
    }

    @Test
    void restoringReplicatesAsPointInTimeWithItsOptions() {
        String payload = payload();
        String shown = Quoting.word(payload);
        client.call("RESTORE", "a", "0", payload);
        client.call("RESTORE", "b", "5000", payload, "IDLETIME", "7");
        client.call("RESTORE", "c", "33177117420000", payload, "ABSTTL");
        assertEffects(
                List.of(),
                "@ restore a",
                "@ restore b",
                "@ restore c",
                "& RESTORE a 0 " + shown,
                "& RESTORE b now+5000 " + shown + " IDLETIME 7 ABSTTL",
                "& RESTORE c 33177117420000 " + shown + " ABSTTL");
        assertEquals(":7", client.call("OBJECT", "IDLETIME", "b"));
    }

    @Test
    void restoringWhatHasExpiredOnlyRemovesWhatItReplaces() {
        String payload = payload();
        set("a");
        client.call("RESTORE", "a", "5", payload, "REPLACE", "ABSTTL");
        client.call("RESTORE", "z", "5", payload, "REPLACE", "ABSTTL");
        assertEffects(List.of("DBSIZE"), "@ del a", "& UNLINK a");
        assertEquals(":0", client.call("DBSIZE"));
    }

    @Test
    void askingLeavesTheAccessTimeAlone() {
        set("a");
        SERVER.clock().advance(100_000);
        for (String name : List.of("EXISTS", "TYPE", "TTL", "PTTL", "EXPIRETIME")) {
            client.call(name, "a");
        }
        assertEquals(":100", client.call("OBJECT", "IDLETIME", "a"));
        client.call("TOUCH", "a");
        assertEquals(":0", client.call("OBJECT", "IDLETIME", "a"));
        SERVER.clock().advance(100_000);
        client.call("DUMP", "a");
        assertEquals(":0", client.call("OBJECT", "IDLETIME", "a"));
    }
}
