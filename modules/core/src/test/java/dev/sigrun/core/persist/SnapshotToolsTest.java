// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.persist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.kernel.load.check.CheckOptions;
import dev.sigrun.kernel.load.check.SnapshotCheck;
import dev.sigrun.kernel.load.read.FileFeed;
import dev.sigrun.kernel.load.survey.JsonReport;
import dev.sigrun.kernel.load.survey.Survey;
import dev.sigrun.kernel.load.survey.TextReport;
import dev.sigrun.testkit.OpaquePlugin;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tools say that look at files without serving them. */
class SnapshotToolsTest {
    private static final CheckOptions PLAIN = new CheckOptions(false, CheckOptions.Format.INFO);
    private static final CheckOptions PROFILED = new CheckOptions(true, CheckOptions.Format.INFO);

    @TempDir Path folder;
    private Path file;

    private SigrunServer server() {
        return SigrunServer.withConfig("--dir", folder.toString());
    }

    @BeforeEach
    void save() {
        file = folder.resolve("dump.rdb");
        try (SigrunServer server = server().plugin("opaque", new OpaquePlugin()).start();
                RespClient client = server.connect()) {
            client.call("MSET", "a", "1", "bb", "x".repeat(100), "ccc", "y".repeat(100_000));
            for (int i = 0; i < 700; i++) {
                String number = Integer.toString(i);
                client.call("RPUSH", "list", number, "z".repeat(i % 50));
                client.call("SADD", "set", "member" + i);
                client.call("SADD", "integers", number);
                client.call("ZADD", "zset", i + ".5", "m" + i);
                client.call("HSET", "hash", "f" + i, "v");
                client.call("XADD", "stream", (i + 1) + "-1", "field", "v", "g", "w");
            }
            client.call("HSET", "small", "one", "1", "two", "22");
            client.call("HEXPIRE", "small", "1000", "FIELDS", "1", "one");
            client.call("TESTKIT.OPAQUE", "opaque", "text");
            client.call("PEXPIRE", "bb", "100000000");
            client.call("SELECT", "2");
            client.call("SET", "there", "here");
            assertEquals("+OK", client.call("SAVE"));
            client.call("FLUSHALL");
        }
    }

    private static String check(SigrunServer server, Path file, CheckOptions options) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
        boolean isFine =
                server.fromOwner(context ->
                        new SnapshotCheck(context.store(), _ -> {}, options, out)
                                .check("dump.rdb", file, out));
        String said = text.toString(StandardCharsets.UTF_8);
        assertEquals(isFine, said.contains("error code 0"), said);
        return said;
    }

    private Survey survey(int top) throws IOException {
        Survey survey = new Survey(top);
        try (FileFeed feed = new FileFeed(file)) {
            survey.run(feed);
        }
        return survey;
    }

    private static String text(Survey survey) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        TextReport.print(survey, new PrintStream(text, true, StandardCharsets.UTF_8));
        return text.toString(StandardCharsets.UTF_8).replaceAll(" +", " ");
    }

    @Test
    void aGoodFileIsSaidToBeGood() throws IOException {
        // An absent plugin's value would keep a server without it from starting.
        Path other = Files.move(file, folder.resolve("other.rdb"));
        try (SigrunServer server = server().start()) {
            String said = check(server, other, PROFILED);
            assertTrue(said.contains("\\o/ RDB looks OK! \\o/"), said);
            assertTrue(said.contains("Checksum OK"), said);
            assertTrue(said.contains("Selecting DB ID 2"), said);
            for (String line :
                    List.of(
                            "[info] 12 keys read",
                            "[info] 1 expires",
                            "[info] 1 values of plugins that are not here, not looked into",
                            "[info] db.0.type.string.keys.total:3",
                            "[info] db.0.type.string.elements.size.max:100000",
                            "[info] db.0.type.list.elements.total:1400",
                            "[info] db.0.type.set.keys.total:2",
                            "[info] db.0.type.set.elements.total:1400",
                            "[info] db.0.type.zset.elements.num.max:700",
                            "[info] db.0.type.hash.elements.total:702",
                            "[info] db.0.type.hash.elements.num.p99:700.00",
                            "[info] db.0.type.stream.elements.total:700",
                            "[info] db.0.type.stream.elements.size.max:6",
                            "[info] db.0.type.module.keys.total:1",
                            "[info] db.2.type.string.keys.size:5")) {
                assertTrue(said.lines().anyMatch(line::equals), line + " in\n" + said);
            }
        }
    }

    @Test
    void damageIsFoundWhereverItIsAndDoesNoHarm() throws IOException {
        long seed = Long.getLong("sigrun.test.seed", System.nanoTime());
        System.out.println("SnapshotToolsTest: -Dsigrun.test.seed=" + seed);
        Random random = new Random(seed);
        byte[] content = Files.readAllBytes(file);
        Files.delete(file);
        Path damaged = folder.resolve("damaged.rdb");
        try (SigrunServer server = server().start()) {
            for (int i = 0; i < 60; i++) {
                byte[] bytes = content.clone();
                int at = random.nextInt(bytes.length);
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                int length = i % 3 == 0 ? at : bytes.length;
                Files.write(damaged, java.util.Arrays.copyOf(bytes, length));
                String said = check(server, damaged, i % 2 == 0 ? PLAIN : PROFILED);
                assertTrue(said.contains("--- RDB ERROR DETECTED ---"), said);
                assertFalse(said.contains("looks OK"), said);
                file = damaged;
                Survey survey = survey(5);
                assertTrue(survey.end().failure() != null, "the checksum is wrong at least");
                text(survey);
            }
        }
    }

    @Test
    void errorsNamePlaceKeyAndType() throws IOException {
        byte[] content = Files.readAllBytes(file);
        Files.delete(file);
        String all = new String(content, StandardCharsets.ISO_8859_1);
        Path cut = folder.resolve("cut.rdb");
        Files.write(cut, java.util.Arrays.copyOf(content, all.indexOf("stream") + 30));
        try (SigrunServer server = server().start()) {
            String said = check(server, cut, PLAIN);
            assertTrue(said.contains("Unexpected EOF reading RDB file"), said);
            assertTrue(said.contains("While doing: read-object-value"), said);
            assertTrue(said.contains("Reading key 'stream'"), said);
            assertTrue(said.contains("Reading type 21 (stream-v3)"), said);
            assertTrue(said.contains("Check RDB returned error code 1"), said);
            String missing = check(server, folder.resolve("none.rdb"), PLAIN);
            assertTrue(missing.contains("Check RDB returned error code 1"), missing);
        }
    }

    @Test
    void aSurveyNamesTypesDatabasesAndTheLargestKeys() throws IOException {
        Survey survey = survey(3);
        String said = text(survey);
        long size = Files.size(file);
        assertTrue(said.contains("(" + size + " bytes)"), said);
        assertTrue(said.contains("Keys 12, of which 1 expire"), said);
        for (String line : List.of("list 1 1400", "set 2 1400", "zset 1 700", "stream 1 700")) {
            assertTrue(said.lines().anyMatch(there -> there.startsWith(line)), line + said);
        }
        assertTrue(said.contains("sgrnopaqu 1 1 "), said);
        assertTrue(said.lines().anyMatch(line -> line.startsWith("2 1 0 ")), said);
        List<String> lines = said.lines().toList();
        assertTrue(lines.get(lines.size() - 4).endsWith("key"), said);
    }

    @Test
    void theLargestKeysAreNamedByNumberAskedFor() throws IOException {
        assertFalse(text(survey(0)).contains("elements size key"));
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        JsonReport.print(survey(1), new PrintStream(json, true, StandardCharsets.UTF_8));
        String said = json.toString(StandardCharsets.UTF_8);
        assertTrue(said.contains("\"complete\":true"), said);
        assertTrue(said.contains("\"largest\":[{\"key\":\"zset\""), said);
        assertTrue(said.strip().endsWith("\"expires\":false}]}"), said);
    }
}
