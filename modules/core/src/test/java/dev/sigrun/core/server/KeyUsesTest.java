// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import dev.sigrun.testkit.differential.Reference;
import dev.sigrun.testkit.differential.ServerProgram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where commands have keys, and what they do with them, depends on their other arguments. */
final class KeyUsesTest {
    private static final List<String> WORDS =
            List.of(
                    "GET",
                    "get",
                    "EX",
                    "5",
                    "NX",
                    "IFEQ",
                    "a",
                    "b",
                    "1",
                    "2",
                    "-1",
                    "0",
                    "KEYS",
                    "COPY",
                    "AUTH",
                    "AUTH2",
                    "REPLACE",
                    "",
                    "STORE",
                    "STOREDIST",
                    "DB",
                    "LIMIT",
                    "BY",
                    "INCRBY",
                    "SET",
                    "u8",
                    "OVERFLOW",
                    "WRAP",
                    "STREAMS",
                    "WEIGHTS");
    private static final int TRIES = 40;
    private static final int ARGUMENTS_MAX = 10;

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig();

    private final long seed = Long.getLong("sigrun.test.seed", 20_261_123);

    private static void assertUses(String command, String... expected) {
        Reply reply = SERVER.connect().run("COMMAND GETKEYSANDFLAGS " + command);
        List<String> lines = new ArrayList<>();
        for (Reply key : reply.items()) {
            lines.add(key.items().get(0).text() + " " + uses(key));
        }
        assertEquals(List.of(expected), lines, reply::toString);
    }

    private static Set<String> uses(Reply key) {
        TreeSet<String> uses = new TreeSet<>();
        key.items().get(1).items().forEach(use -> uses.add(use.text()));
        return uses;
    }

    @Test
    void setOnlyReadsWhenItIsAskedTo() {
        assertUses("SET k v", "k [OW, update]");
        assertUses("SET k v EX 5 KEEPTTL", "k [OW, update]");
        assertUses("SET k v NX get", "k [RW, access, update]");
    }

    @Test
    void bitfieldOnlyChangesWhenItIsAskedTo() {
        assertUses("BITFIELD k", "k [RO, access]");
        assertUses("BITFIELD k GET u8 0 OVERFLOW WRAP GET u8 8", "k [RO, access]");
        assertUses("BITFIELD k GET u8 0 SET u8 0 1", "k [RW, access, update]");
        assertUses("BITFIELD k GET u8", "k [RW, access, update]");
    }

    @Test
    void migrateHasKeysInOneOfTwoPlaces() {
        assertUses("MIGRATE h 1 k 0 1", "k [RW, access, delete]");
        assertUses(
                "MIGRATE h 1 \"\" 0 1 AUTH KEYS KEYS a b",
                "a [RW, access, delete]",
                "b [RW, access, delete]");
    }

    @Test
    void everyCommandAnswersAsTheReferenceDoes() throws IOException, InterruptedException {
        System.out.println("KeyUsesTest: -Dsigrun.test.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        try (ServerProgram reference = Reference.start();
                RespClient trusted = new RespClient(reference.port())) {
            RespClient tried = SERVER.connect();
            for (Reply name : tried.ask("COMMAND", "LIST").items()) {
                if (!trusted.ask("COMMAND", "INFO", name.bulk()).items().getFirst().isNull()) {
                    compare(trusted, tried, List.of(name.bulk().split("\\|")), random);
                }
            }
        }
    }

    private static void compare(
            RespClient trusted, RespClient tried, List<String> name, SplittableRandom random) {
        List<List<String>> questions = new ArrayList<>();
        for (int i = 0; i < TRIES; i++) {
            List<String> question = new ArrayList<>(List.of("COMMAND", "GETKEYSANDFLAGS"));
            question.addAll(name);
            for (int left = random.nextInt(ARGUMENTS_MAX + 1); left > 0; left--) {
                question.add(WORDS.get(random.nextInt(WORDS.size())));
            }
            questions.add(question);
        }
        List<Reply> expected = trusted.pipeline(questions);
        List<Reply> actual = tried.pipeline(questions);
        for (int i = 0; i < TRIES; i++) {
            assertEquals(shown(expected.get(i)), shown(actual.get(i)), questions.get(i)::toString);
        }
    }

    /** The uses of a key have no order. */
    private static String shown(Reply reply) {
        if (reply.isError()) {
            return reply.text();
        }
        List<String> keys = new ArrayList<>();
        reply.items().forEach(key -> keys.add(key.items().get(0).text() + " " + uses(key)));
        return keys.toString();
    }
}
