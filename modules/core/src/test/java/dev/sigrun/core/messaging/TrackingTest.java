// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that keep what they have read are told when it changes. */
final class TrackingTest {
    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock();

    private RespClient reader;
    private RespClient writer;

    @BeforeEach
    void connect() {
        reader = SERVER.connect(3);
        writer = SERVER.connect();
        writer.call("MSET", "a", "1", "b", "2", "ab", "3");
    }

    @AfterEach
    void nobodyIsTrackedAnyLonger() {
        writer.call("FLUSHALL");
        SERVER.closeClients();
        SERVER.onOwner(context -> {
            assertEquals(0, context.dispatcher().audience().tracking().clients());
            assertEquals(0, context.dispatcher().audience().tracking().keys());
            assertEquals(0, context.dispatcher().audience().tracking().prefixes());
        });
        SERVER.set("tracking-table-max-keys", "1000000");
    }

    private void track(String... options) {
        assertEquals("+OK", reader.call(words("CLIENT TRACKING ON", options)));
    }

    private static String[] words(String first, String... more) {
        ArrayList<String> all = new ArrayList<>(List.of(first.split(" ")));
        all.addAll(List.of(more));
        return all.toArray(new String[0]);
    }

    private void assertTold(String... keys) {
        assertTold(reader, keys);
    }

    private static void assertTold(RespClient client, String... keys) {
        StringBuilder list = new StringBuilder();
        for (String key : keys) {
            list.append(list.isEmpty() ? "" : ", ").append("$\"").append(key).append('"');
        }
        assertEquals(">[$\"invalidate\", *[" + list + "]]", client.read().toString());
    }

    /** What is said comes before the answer to a later command. */
    private void assertToldNothing() {
        assertEquals("+PONG", reader.call("PING"));
    }

    @Test
    void aKeyIsToldOnceUntilItIsReadAgain() {
        track();
        reader.call("GET", "a");
        writer.call("SET", "a", "x");
        assertTold("a");
        writer.call("SET", "a", "y");
        assertToldNothing();
        reader.call("GET", "a");
        writer.call("DEL", "a");
        assertTold("a");
    }

    @Test
    void everyWayInWhichAKeyChangesIsTold() {
        track();
        List<String> changes =
                List.of(
                        "APPEND a x",
                        "EXPIRE a 100",
                        "PERSIST a",
                        "RENAME a c",
                        "RENAME c a",
                        "SETRANGE a 0 q",
                        "MOVE a 5");
        for (String change : changes) {
            reader.call("GET", change.contains(" c a") ? "c" : "a");
            writer.run(change);
            assertTold(change.contains(" c a") ? "c" : "a");
        }
    }

    @Test
    void aKeyWhoseTimeHasComeIsTold() {
        track();
        writer.call("PEXPIRE", "a", "100");
        reader.call("GET", "a");
        SERVER.clock().advance(101);
        assertEquals("_", writer.call("GET", "a"));
        assertTold("a");
    }

    @Test
    void ownChangesAreToldBehindTheReplyUnlessLoopsAreSwitchedOff() {
        track();
        reader.call("GET", "a");
        assertEquals("+OK", reader.call("SET", "a", "x"));
        assertTold("a");
        reader.call("CLIENT", "TRACKING", "OFF");
        track("NOLOOP");
        reader.call("GET", "a");
        assertEquals("+OK", reader.call("SET", "a", "x"));
        assertToldNothing();
    }

    @Test
    void flushingTellsThatEverythingIsGone() {
        track();
        reader.call("GET", "a");
        writer.call("FLUSHDB");
        assertEquals(">[$\"invalidate\", _]", reader.read().toString());
    }

    @Test
    void withOptInOnlyWhatTheClientNamesIsRemembered() {
        track("OPTIN");
        reader.call("GET", "a");
        assertEquals("+OK", reader.call("CLIENT", "CACHING", "YES"));
        reader.call("GET", "b");
        reader.call("GET", "ab");
        writer.call("MSET", "a", "x", "b", "x", "ab", "x");
        assertTold("b");
        assertToldNothing();
    }

    @Test
    void withOptOutWhatTheClientNamesIsNotRemembered() {
        track("OPTOUT");
        assertEquals("+OK", reader.call("CLIENT", "CACHING", "NO"));
        reader.call("GET", "a");
        reader.call("GET", "b");
        writer.call("MSET", "a", "x", "b", "x");
        assertTold("b");
        assertToldNothing();
    }

    @Test
    void oneOptInCoversATransaction() {
        track("OPTIN");
        reader.call("CLIENT", "CACHING", "YES");
        reader.call("MULTI");
        reader.call("GET", "a");
        reader.call("GET", "b");
        reader.call("EXEC");
        reader.call("GET", "ab");
        writer.call("SET", "ab", "x");
        writer.call("SET", "b", "x");
        writer.call("SET", "a", "x");
        assertTold("b");
        assertTold("a");
        assertToldNothing();
    }

    @Test
    void broadcastTellsOfAllKeysWithAPrefixThoughNobodyReadThem() {
        track("BCAST", "PREFIX", "a", "PREFIX", "z");
        writer.call("MSET", "a", "x", "b", "x", "ab", "x");
        assertTold("a", "ab");
        writer.call("SET", "zoo", "x");
        assertTold("zoo");
        writer.call("SET", "b", "y");
        assertToldNothing();
    }

    @Test
    void anotherClientHearsInThePlaceOfOneOfTheOldProtocol() {
        RespClient listener = SERVER.connect();
        String id = Long.toString(listener.ask("CLIENT", "ID").integer());
        listener.call("SUBSCRIBE", "__redis__:invalidate");
        RespClient old = SERVER.connect();
        assertEquals("+OK", old.call("CLIENT", "TRACKING", "ON", "REDIRECT", id));
        old.call("GET", "a");
        writer.call("SET", "a", "x");
        assertEquals(
                "*[$\"message\", $\"__redis__:invalidate\", *[$\"a\"]]",
                listener.read().toString());
        old.call("GET", "a");
        writer.call("FLUSHALL");
        assertEquals("*[$\"message\", $\"__redis__:invalidate\", _]", listener.read().toString());
    }

    @Test
    void whoTrackedForOneThatHasGoneIsTold() {
        RespClient listener = SERVER.connect(3);
        String id = Long.toString(listener.ask("CLIENT", "ID").integer());
        track("REDIRECT", id);
        listener.close();
        Await.until(
                "the listener has gone",
                () -> writer.call("CLIENT", "LIST", "ID", id).equals("$\"\""));
        reader.call("GET", "a");
        writer.call("SET", "a", "x");
        assertEquals(">[$\"tracking-redir-broken\", :" + id + "]", reader.read().toString());
        assertTrue(reader.call("CLIENT", "TRACKINGINFO").contains("broken_redirect"));
    }

    @Test
    void tooManyKeysAreForgottenAndTold() {
        track();
        SERVER.set("tracking-table-max-keys", "2");
        for (int i = 0; i < 10; i++) {
            reader.send("GET", "key" + i);
        }
        reader.send("PING");
        int replies = 0;
        int told = 0;
        while (replies < 11 || told < 8) {
            Reply next = reader.read();
            if (next.kind() == '>') {
                told++;
            } else {
                replies++;
            }
        }
        assertEquals(
                2,
                (long)
                        SERVER.fromOwner(
                                context -> context.dispatcher().audience().tracking().keys()));
    }

    @Test
    void optionsThatDoNotGoTogetherAreRefused() {
        List<String> refusals =
                List.of(
                        "ON PREFIX a|PREFIX option requires BCAST mode to be enabled",
                        "ON BCAST OPTIN|OPTIN and OPTOUT are not compatible with BCAST",
                        "ON OPTIN OPTOUT|You can't specify both OPTIN mode and OPTOUT mode",
                        "ON REDIRECT 999999|The client ID you want redirect to does not exist",
                        "ON BCAST PREFIX aa PREFIX a|Prefix 'aa' overlaps with another provided"
                                + " prefix 'a'. Prefixes for a single client must not overlap.",
                        "ON WHAT|syntax error",
                        "MAYBE|syntax error");
        for (String refusal : refusals) {
            int bar = refusal.indexOf('|');
            assertEquals(
                    "-ERR " + refusal.substring(bar + 1),
                    reader.run("CLIENT TRACKING " + refusal.substring(0, bar)).toString());
        }
        track("BCAST", "PREFIX", "foo");
        assertEquals(
                "-ERR Prefix 'foobar' overlaps with an existing prefix 'foo'. Prefixes for a"
                        + " single client must not overlap.",
                reader.call("CLIENT", "TRACKING", "ON", "BCAST", "PREFIX", "foobar"));
        assertEquals(
                "-ERR You can't switch BCAST mode on/off before disabling tracking for this"
                        + " client, and then re-enabling it with a different mode.",
                reader.call("CLIENT", "TRACKING", "ON"));
    }
}
