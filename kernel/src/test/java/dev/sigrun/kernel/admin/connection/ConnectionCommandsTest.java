// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ConnectionCommandsTest {
    private final TestServer server = new TestServer();
    private TestClient client;

    @BeforeEach
    void begin() {
        new ConnectionCommands(server.admin()).register();
        client = server.connect();
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void answersPing() {
        assertEquals("+PONG|$2|hi|", client.send("PING", "PING hi"));
        assertEquals("-ERR wrong number of arguments for 'ping' command|", client.send("PING a b"));
    }

    @Test
    void selectsOnlyDatabasesThatExist() {
        assertEquals("+OK|", client.send("SELECT 15"));
        assertEquals("-ERR DB index is out of range|", client.send("SELECT 16"));
        assertEquals("-ERR value is not an integer or out of range|", client.send("SELECT x"));
        assertEquals(
                "-ERR value is out of range, value must between -2147483648 and 2147483647|",
                client.send("SELECT 99999999999"));
        assertEquals(15, client.session().db());
    }

    @Test
    void takesNoteOfReadonly() {
        assertEquals("+OK|", client.send("READONLY"));
        assertEquals("r", ClientLine.flags(client.session()));
        assertEquals("+OK|", client.send("READWRITE"));
        assertEquals("N", ClientLine.flags(client.session()));
        client.send("READONLY", "RESET");
        assertEquals("N", ClientLine.flags(client.session()));
    }

    @Test
    void switchesTheProtocolWithinABatch() {
        String reply = client.send("HELLO 3", "CLIENT GETNAME", "RESET", "CLIENT GETNAME");
        assertTrue(reply.startsWith("%7|$6|server|$6|valkey|"), reply);
        assertTrue(reply.endsWith("_|+RESET|$-1|"), reply);
    }

    @Test
    void leavesEverythingAsItWasWhenHelloFails() {
        client.session().name("old");
        assertEquals(
                "-WRONGPASS invalid username-password pair or user is disabled.|",
                client.send("HELLO 3 AUTH nobody x SETNAME new"));
        assertEquals(
                "-ERR Syntax error in HELLO option 'AUTH'|", client.send("HELLO 3 AUTH default"));
        assertEquals("-NOPROTO unsupported protocol version|", client.send("HELLO 4"));
        assertEquals("old", client.session().name());
        assertEquals(2, client.session().protocol());
    }

    @Test
    void letsInWhoeverKnowsThePassword() {
        byte[] password = "sesame".getBytes(StandardCharsets.ISO_8859_1);
        server.admin().access().users().defaultPassword(password);
        assertEquals("+RESET|", client.send("RESET"));
        assertEquals("-NOAUTH Authentication required.|", client.send("PING"));
        assertTrue(client.send("HELLO").startsWith("-NOAUTH HELLO must be called with"));
        assertTrue(client.send("AUTH sesam").startsWith("-WRONGPASS "));
        assertTrue(client.send("AUTH other sesame").startsWith("-WRONGPASS "));
        assertEquals("+OK|+PONG|", client.send("AUTH sesame", "PING"));
    }

    @Test
    void takesAnyPasswordWhenNoneIsSet() {
        assertTrue(client.send("AUTH x").startsWith("-ERR AUTH <password> called without any"));
        assertEquals("+OK|", client.send("AUTH default x"));
    }

    @Test
    void keepsStillForOneCommand() {
        assertEquals("+PONG|", client.send("CLIENT REPLY SKIP", "PING", "PING"));
        assertEquals("+PONG|", client.send("CLIENT REPLY SKIP", "NOSUCH", "PING"));
        assertEquals(
                "+PONG|", client.send("CLIENT REPLY SKIP", "CLIENT REPLY SKIP", "PING", "PING"));
        assertEquals("+OK|+PONG|", client.send("CLIENT REPLY SKIP", "CLIENT REPLY ON", "PING"));
    }

    @Test
    void keepsStillUntilToldOtherwise() {
        assertEquals(
                "+OK|+PONG|",
                client.send("CLIENT REPLY OFF", "PING", "NOSUCH", "CLIENT REPLY ON", "PING"));
        assertEquals(
                "+OK|", client.send("CLIENT REPLY OFF", "CLIENT REPLY SKIP", "CLIENT REPLY ON"));
        assertEquals("+RESET|+PONG|", client.send("CLIENT REPLY OFF", "RESET", "PING"));
    }

    @Test
    void keepsStillAboutCommandsThatWaited() {
        assertEquals("", client.send("CLIENT REPLY SKIP", "WAIT 1 50", "PING"));
        server.advance(50);
        assertEquals("+PONG|", client.received());
        assertEquals("", client.send("CLIENT REPLY OFF", "WAIT 1 50", "CLIENT REPLY ON"));
        server.advance(50);
        assertEquals("+OK|", client.received());
    }

    @Test
    void waitsForReplicasUntilTheTimeIsOver() {
        assertEquals(":0|", client.send("WAIT 0 0"));
        assertEquals("", client.send("WAIT 1 100", "PING"));
        assertEquals(1, server.admin().sessions().blocked());
        server.advance(99);
        assertEquals("", client.received());
        server.advance(1);
        assertEquals(":0|+PONG|", client.received());
        assertEquals(0, server.admin().sessions().blocked());
    }

    @Test
    void doesNotWaitForAFileThatIsNotWritten() {
        assertEquals(
                "-ERR WAITAOF cannot be used when numlocal is set but appendonly is disabled.|",
                client.send("WAITAOF 1 0 0"));
        assertEquals("*2|:0|:0|", client.send("WAITAOF 0 0 0"));
    }

    @Test
    void unblocksOnce() {
        TestClient other = server.connect();
        String id = Long.toString(client.session().id());
        assertEquals(":0|", other.send("CLIENT UNBLOCK " + id));
        client.send("WAIT 1 0", "PING");
        assertEquals(":1|:0|", other.send("CLIENT UNBLOCK " + id, "CLIENT UNBLOCK " + id));
        assertEquals(":0|", client.received());
        server.runTasks();
        assertEquals("+PONG|", client.received());
    }

    @Test
    void unblocksWithAnError() {
        TestClient other = server.connect();
        client.send("WAIT 1 0");
        other.send("CLIENT UNBLOCK " + client.session().id() + " ERROR");
        server.runTasks();
        assertEquals("-UNBLOCKED client unblocked via CLIENT UNBLOCK|", client.received());
        assertEquals(1, server.admin().stats().errorsByCode().get("UNBLOCKED")[0]);
    }

    @Test
    void pausesUntilTheTimeIsOver() {
        TestClient other = server.connect();
        assertEquals("+OK|", other.send("CLIENT PAUSE 100"));
        assertEquals("", client.send("PING"));
        // Whoever is paused has not begun, so there is nothing to cut short.
        assertFalse(client.session().block().mayBeCutShort());
        server.advance(100);
        assertEquals("+PONG|", client.received());
    }

    @Test
    void endsAPauseInATurnOfItsOwn() {
        TestClient other = server.connect();
        other.send("CLIENT PAUSE 100000 WRITE");
        assertEquals("+PONG|", client.send("PING"));
        assertEquals("+OK|", other.send("CLIENT UNPAUSE"));
        server.runTasks();
        assertFalse(server.admin().dispatcher().pause().isActive(TestServer.START_MILLIS));
    }

    @Test
    void killsOthersAtOnceAndItselfBehindTheReply() {
        TestClient other = server.connect();
        client.send("WAIT 1 0");
        String id = Long.toString(client.session().id());
        assertEquals(":1|", other.send("CLIENT KILL ID " + id + " ID 99"));
        assertTrue(client.isClosed());
        assertNull(server.admin().sessions().find(client.session().id()));
        assertEquals(0, server.admin().sessions().blocked());
        assertEquals("+OK|", other.send("CLIENT KILL 127.0.0.1:4711", "PING"));
        assertTrue(other.session().isClosing());
        assertFalse(other.isClosed());
    }

    @Test
    void saysWhichVersionDrewThePicture() {
        String last = "Sigrun ver. 0.1.0 (Valkey ver. 9.1.2)";
        assertTrue(client.send("LOLWUT").contains(last));
        assertTrue(client.send("LOLWUT VERSION 5 3 2").contains(last));
        assertTrue(client.send("LOLWUT VERSION 6 20 5").contains(last));
        server.set("extended-redis-compatibility", "yes");
        assertTrue(client.send("LOLWUT VERSION 1").contains("Redis ver. 7.2.4"));
    }
}
