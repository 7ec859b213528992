// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What changes of users mean for those who are connected, and with what users a server starts. */
final class UsersOnlineTest {
    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig();

    @TempDir Path folder;

    @AfterEach
    void removeUsers() {
        RespClient admin = SERVER.connect();
        admin.call("ACL", "SETUSER", "default", "reset", "on", "nopass", "+@all", "~*", "&*");
        admin.call("ACL", "DELUSER", "u", "v");
    }

    private static RespClient as(String user) {
        RespClient client = SERVER.connect();
        assertEquals("+OK", client.call("AUTH", user, "pw"));
        return client;
    }

    private static RespClient make(String... rules) {
        RespClient admin = SERVER.connect();
        String[] words = new String[rules.length + 3];
        List<String> begin = List.of("ACL", "SETUSER", "u");
        for (int i = 0; i < words.length; i++) {
            words[i] = i < 3 ? begin.get(i) : rules[i - 3];
        }
        assertEquals("+OK", admin.call(words));
        return admin;
    }

    private static void assertGone(RespClient client) {
        assertThrows(RuntimeException.class, () -> client.call("PING"));
    }

    @Test
    void clientsOfARemovedUserAreEnded() {
        RespClient admin = make("on", ">pw", "+@all");
        RespClient client = as("u");
        assertEquals(":1", admin.call("ACL", "DELUSER", "u"));
        assertGone(client);
        assertFalse(admin.call("CLIENT", "LIST").contains("user=u"));
    }

    @Test
    void whoRemovesHimselfStillHears() {
        make("on", ">pw", "+@all");
        RespClient client = as("u");
        assertEquals(":1", client.call("ACL", "DELUSER", "u"));
        assertGone(client);
    }

    @Test
    void rulesHoldAtOnceForThoseWhoAreConnected() {
        RespClient admin = make("on", ">pw", "+get", "~a*");
        RespClient client = as("u");
        assertTrue(client.ask("GET", "a").isNull());
        admin.call("ACL", "SETUSER", "u", "resetkeys");
        assertEquals("-NOPERM No permissions to access a key", client.call("GET", "a"));
        admin.call("ACL", "SETUSER", "u", "off");
        assertEquals("-NOPERM No permissions to access a key", client.call("GET", "a"));
        assertTrue(SERVER.connect().call("AUTH", "u", "pw").startsWith("-WRONGPASS"));
    }

    @Test
    void aTransactionIsCheckedAgainWhenItRuns() {
        RespClient admin = make("on", ">pw", "+@all", "~a*", "&*");
        RespClient client = as("u");
        client.call("MULTI");
        client.call("GET", "a");
        client.call("PUBLISH", "c", "x");
        client.call("INCR", "a1");
        admin.call("ACL", "SETUSER", "u", "resetkeys", "resetchannels", "-incr", "~b");
        Reply reply = client.ask("EXEC");
        assertTrue(reply.items().get(0).text().endsWith("touch the specified keys"));
        assertTrue(reply.items().get(1).text().endsWith("channels used as arguments"));
        assertTrue(reply.items().get(2).text().endsWith("execute the command or subcommand"));
        Reply entry = admin.ask("ACL", "LOG", "1").items().getFirst();
        assertEquals("multi", entry.items().get(5).bulk());
    }

    @Test
    void clientsOfTheDefaultUserMustProveThemselvesOnceItHasAPassword() {
        RespClient admin = SERVER.connect();
        RespClient before = SERVER.connect();
        assertEquals("+PONG", before.call("PING"));
        admin.call("CONFIG", "SET", "requirepass", "pw");
        assertEquals("+PONG", before.call("PING"));
        RespClient client = SERVER.connect();
        assertEquals("-NOAUTH Authentication required.", client.call("GET"));
        assertEquals("-NOAUTH Authentication required.", client.call("ACL", "WHOAMI"));
        assertEquals("+OK", client.call("AUTH", "pw"));
        RespClient waiting = SERVER.connect();
        assertEquals("-NOAUTH Authentication required.", waiting.call("PING"));
        admin.call("CONFIG", "SET", "requirepass", "");
        assertEquals("+PONG", waiting.call("PING"));
    }

    @Test
    void subscribersAreEndedWhenTheyLoseTheirChannel() {
        RespClient admin = make("on", ">pw", "+@all", "&a*", "&b");
        RespClient loses = as("u");
        RespClient keeps = as("u");
        loses.call("SUBSCRIBE", "b");
        keeps.call("SUBSCRIBE", "a1");
        admin.call("ACL", "SETUSER", "u", "resetchannels", "&a*");
        assertEquals(1, admin.call("CLIENT", "LIST", "USER", "u").split("user=u ", -1).length - 1);
        assertGone(loses);
    }

    @Test
    void refusalsAreCounted() {
        RespClient admin = make("on", ">pw", "+get", "+select", "+publish", "~a", "db=0");
        RespClient client = as("u");
        long[] before = counts(admin);
        client.call("SET", "a", "b");
        client.call("GET", "b");
        client.call("PUBLISH", "c", "x");
        client.call("SELECT", "1");
        client.call("AUTH", "u", "wrong");
        long[] after = counts(admin);
        for (int i = 0; i < before.length; i++) {
            assertEquals(before[i] + 1, after[i], "count " + i);
        }
        String log = admin.ask("ACL", "LOG", "5").toString();
        for (String word : List.of("command", "key", "channel", "database", "auth")) {
            assertTrue(log.contains("$\"reason\", $\"" + word + "\""), log);
        }
        assertTrue(log.contains("cmd=get user=u"), log);
    }

    private static long[] counts(RespClient admin) {
        String info = admin.ask("INFO", "stats").text();
        List<String> names = List.of("auth", "cmd", "key", "channel", "db");
        return names.stream()
                .mapToLong(name -> {
                    String field = "acl_access_denied_" + name + ":";
                    int at = info.indexOf(field) + field.length();
                    return Long.parseLong(info.substring(at, info.indexOf('\r', at)));
                })
                .toArray();
    }

    @Test
    void passwordsCannotBeGuessed() {
        RespClient admin = SERVER.connect();
        String one = admin.ask("ACL", "GENPASS").bulk();
        assertTrue(one.matches("[0-9a-f]{64}"), one);
        assertFalse(one.equals(admin.ask("ACL", "GENPASS").bulk()));
        assertTrue(admin.ask("ACL", "GENPASS", "5").bulk().matches("[0-9a-f]{2}"));
        assertEquals(1024, admin.ask("ACL", "GENPASS", "4096").bulk().length());
    }

    @Test
    void aServerStartsWithTheUsersOfItsConfiguration() {
        try (SigrunServer server =
                SigrunServer.withConfig(
                                "--user", "a", "on", "nopass", "+get", "~x", "--user", "default",
                                "off")
                        .start()) {
            RespClient client = server.connect();
            assertEquals("-NOAUTH Authentication required.", client.call("PING"));
            assertEquals("+OK", client.call("AUTH", "a", "any"));
            assertEquals("-NOPERM No permissions to access a key", client.call("GET", "y"));
        }
        for (List<String> bad :
                List.of(
                        List.of("--user", "a", "--user", "a"),
                        List.of("--user", "a", "+nosuch"),
                        List.of("--user", "a", "~x", "(+get"),
                        List.of("--user", "a", "--aclfile", "none"),
                        List.of("--aclfile", "none"))) {
            SigrunServer server = SigrunServer.withConfig(bad.toArray(new String[0]));
            assertThrows(IllegalArgumentException.class, server::start, bad.toString());
        }
    }

    @Test
    void aServerStartsWithTheUsersOfItsFile() throws IOException {
        Path file = folder.resolve("users.acl");
        Files.writeString(file, "user a on nopass +@all ~*\nuser b on nopass +@all\n");
        try (SigrunServer server =
                SigrunServer.withConfig("--dir", folder.toString(), "--aclfile", "users.acl")
                        .start()) {
            RespClient admin = server.connect();
            RespClient a = server.connect();
            RespClient b = server.connect();
            a.call("AUTH", "a", "x");
            b.call("AUTH", "b", "x");
            Files.writeString(file, "user a on nopass +ping\nuser b on +nosuch\n");
            assertTrue(admin.call("ACL", "LOAD").startsWith("-ERR users.acl:2: Error in applying"));
            assertEquals("+OK", a.call("SET", "k", "v"));
            Files.writeString(file, "user a on nopass +ping\n");
            assertEquals("+OK", admin.call("ACL", "LOAD"));
            assertEquals("+PONG", a.call("PING"));
            assertTrue(a.call("SET", "k", "v").startsWith("-NOPERM"));
            assertGone(b);
            admin.call("FLUSHALL");
        }
    }
}
