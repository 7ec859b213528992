// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sigrun.kernel.command.Command;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.type.Frozen;
import dev.sigrun.spi.type.SnapshotMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every data type must do, tried through its commands and its SPI on a real server. A plugin's
 * test extends this, registers a {@link SigrunServer} and says how values are made and changed; all
 * commands are written on one line each, for the key {@code k}. Confined to the test's thread.
 */
public abstract class DataTypeContract {
    private static final String KEY = "k";
    private static final String COPY = "copy";
    private static final int POSITIONS_MAX = 1024;
    private static final int[] MASKS = {0x01, 0x80, 0xff};
    private static final List<String> REFUSALS =
            List.of(
                    "-ERR Bad data format",
                    "-ERR DUMP payload version or checksum are wrong",
                    "-ERR Unsupported foreign data type");

    private RespClient client;

    /** For the contracts of plugins. */
    protected DataTypeContract() {}

    /** The server that has the plugin. */
    protected abstract SigrunServer server();

    /** The id of the plugin that the commands belong to. */
    protected abstract String pluginId();

    /**
     * Layout that values are written in, by its name or, for a type with numbers of its own, one of
     * these; null for strings, which are the kernel's own.
     */
    protected abstract String wireName();

    /** Values of many kinds, each as the commands that make it from nothing. */
    protected abstract List<List<String>> values();

    /** Commands that change the first value, each by itself. */
    protected abstract List<String> changes();

    /** Write commands, in lower case, whose replication is tested somewhere else. */
    protected Set<String> testedElsewhere() {
        return Set.of();
    }

    /** The category of the type's commands, for a plugin of several types; null for all of them. */
    protected String commandCategory() {
        return null;
    }

    /** Payloads that were made by other products or older versions; one char a byte. */
    protected List<String> foreignPayloads() {
        return List.of();
    }

    /** How much more a value may say it takes than it takes off the heap. */
    protected long heapBytesMax() {
        return 512;
    }

    /** Connects. */
    @BeforeEach
    void connectForContract() {
        server().flush();
        client = server().connect();
    }

    private void make(List<String> commands) {
        for (String command : commands) {
            Reply reply = client.run(command);
            assertFalse(reply.isError(), () -> command + " answered " + reply);
        }
    }

    private String dump(String key) {
        return client.ask("DUMP", key).bulk();
    }

    private <T> T probe(String key, java.util.function.Function<ValueProbe, T> question) {
        return server().fromOwner(context -> question.apply(probeOf(context, key)));
    }

    private ValueProbe probeOf(dev.sigrun.kernel.admin.AdminContext context, String key) {
        return new ValueProbe(context, key, wireName());
    }

    /** Everything that makes a value equal to another one. */
    private String digest(String key) {
        return wireName() == null ? client.call("GET", key) : probe(key, ValueProbe::digest);
    }

    private void assertSame(String one, String other) {
        assertEquals(dump(one), dump(other));
        assertEquals(digest(one), digest(other));
    }

    private List<String> payloads() {
        List<String> payloads = new ArrayList<>(foreignPayloads());
        for (List<String> value : values()) {
            server().flush();
            make(value);
            payloads.add(dump(KEY));
            if (wireName() != null) {
                for (String layout : probe(KEY, ValueProbe::writableLayouts)) {
                    payloads.add(probe(KEY, found -> found.dump(layout)));
                }
            }
        }
        server().flush();
        return payloads;
    }

    @Test
    void everyLayoutComesBackFromItsPayload() {
        for (List<String> value : values()) {
            server().flush();
            make(value);
            assertEquals("+OK", client.call("RESTORE", COPY, "0", dump(KEY)));
            assertSame(KEY, COPY);
            if (wireName() != null) {
                for (String layout : probe(KEY, ValueProbe::writableLayouts)) {
                    String payload = probe(KEY, found -> found.dump(layout));
                    assertEquals("+OK", client.call("RESTORE", COPY, "0", payload, "REPLACE"));
                    assertEquals(digest(KEY), digest(COPY));
                }
            }
        }
    }

    @Test
    void foreignPayloadsAreRead() {
        for (String payload : foreignPayloads()) {
            server().flush();
            assertEquals("+OK", client.call("RESTORE", KEY, "0", payload));
            assertEquals("+OK", client.call("RESTORE", COPY, "0", dump(KEY)));
            assertSame(KEY, COPY);
        }
    }

    @Test
    void aTruncatedPayloadIsRefusedAndLeavesNothing() {
        for (String payload : payloads()) {
            int length = DumpForge.body(payload).length;
            final long before = server().usedBytes();
            List<List<String>> commands = new ArrayList<>();
            for (int bytes : positions(length)) {
                String cut = DumpForge.truncate(payload, bytes);
                commands.add(List.of("RESTORE", KEY, "0", cut));
            }
            for (Reply reply : client.pipeline(commands)) {
                assertTrue(REFUSALS.contains(reply.toString()), reply::toString);
            }
            assertEquals(":0", client.call("EXISTS", KEY));
            assertEquals(before, server().usedBytes());
        }
    }

    @Test
    void aDamagedPayloadIsRefusedOrMakesASoundValue() {
        for (String payload : payloads()) {
            client.call("SET", "other", "x");
            client.call("RESTORE", KEY, "0", payload);
            final String type = client.call("TYPE", KEY);
            client.call("DEL", KEY);
            final long before = server().usedBytes();
            for (int at : positions(DumpForge.body(payload).length)) {
                for (int mask : MASKS) {
                    tryDamaged(DumpForge.flip(payload, at, mask), type);
                }
            }
            assertEquals(before, server().usedBytes());
        }
    }

    private void tryDamaged(String payload, String type) {
        Reply reply = client.ask("RESTORE", KEY, "0", payload);
        if (reply.isError()) {
            assertTrue(REFUSALS.contains(reply.toString()), reply::toString);
            return;
        }
        // What is damaged may be the type, and the layout that of another one as well.
        if (type.equals(client.call("TYPE", KEY))) {
            assertEquals("+OK", client.call("RESTORE", COPY, "0", dump(KEY)));
            assertEquals(digest(KEY), digest(COPY));
        }
        client.call("DEL", KEY, COPY);
    }

    private static List<Integer> positions(int length) {
        List<Integer> positions = new ArrayList<>();
        int step = length / POSITIONS_MAX + 1;
        for (int at = 0; at < length; at += at < POSITIONS_MAX / 4 ? 1 : step) {
            positions.add(at);
        }
        return positions;
    }

    @Test
    void aCopyIsEqualAndIndependent() {
        for (List<String> value : values()) {
            server().flush();
            make(value);
            assertEquals(":1", client.call("COPY", KEY, COPY));
            assertSame(KEY, COPY);
            client.call("DEL", KEY);
            assertEquals(":1", client.call("COPY", COPY, KEY));
            assertSame(KEY, COPY);
        }
        for (String change : changes()) {
            server().flush();
            make(values().getFirst());
            client.call("COPY", KEY, COPY);
            final String before = dump(COPY);
            make(List.of(change));
            assertEquals(before, dump(COPY), change);
        }
    }

    @Test
    void memoryUsageAgreesWithTheAccounts() {
        for (List<String> value : values()) {
            server().flush();
            // Where there is a key already, the table does not grow for the second one.
            client.call("SET", "other", "x");
            long before = server().usedBytes();
            make(value);
            long taken = server().usedBytes() - before;
            long said =
                    server().fromOwner(context ->
                            new ValueProbe(context, KEY, wireName()).memoryUsage());
            assertTrue(
                    said >= taken && said <= taken + heapBytesMax(),
                    () -> value + " takes " + taken + " bytes but says " + said);
        }
    }

    @Test
    void nothingIsLeftOfAValueThatGoes() {
        List<List<String>> endings =
                List.of(
                        List.of("DEL k"),
                        List.of("UNLINK k"),
                        List.of("SET k x", "DEL k"),
                        List.of("RENAME k other", "DEL other"),
                        List.of("PEXPIREAT k 1"));
        for (List<String> value : values()) {
            for (List<String> ending : endings) {
                server().flush();
                client.call("SET", KEY, "x");
                client.call("SET", "other", "x");
                client.call("DEL", KEY, "other");
                long before = server().usedBytes();
                make(value);
                make(ending);
                assertEquals(before, server().usedBytes(), () -> value + " and " + ending);
            }
            make(value);
        }
        assertEquals(0, server().leftBytes());
    }

    @Test
    void anImageIsWhatWouldBeWrittenAndDoesNotChange() {
        assumeTrue(wireName() != null, "strings are written at once");
        boolean frozen = SnapshotMode.FROZEN == modeOfFirst();
        assumeTrue(frozen, "values of this type are written at once");
        for (List<String> value : values()) {
            server().flush();
            make(value);
            String written = dump(KEY);
            Frozen image = probe(KEY, ValueProbe::freeze);
            assertEquals(written, probe(KEY, found -> found.dump(image)));
            for (String change : changes()) {
                client.run(change);
            }
            assertEquals(written, probe(KEY, found -> found.dump(image)));
            server().onOwner(context -> image.close());
        }
        assertEquals(0, server().leftBytes());
    }

    private SnapshotMode modeOfFirst() {
        make(values().getFirst());
        return probe(KEY, found -> found.type().spec().snapshot());
    }

    @Test
    void theRewrittenCommandsBuildTheValueAgain() {
        assumeTrue(wireName() != null, "strings are rewritten by the kernel");
        for (List<String> value : values()) {
            server().flush();
            make(value);
            String digest = digest(KEY);
            List<List<String>> commands = probe(KEY, ValueProbe::rewrite);
            server().flush();
            replay(commands);
            assertEquals(digest, digest(KEY), () -> "after " + commands);
        }
    }

    private void replay(List<List<String>> commands) {
        for (List<String> command : commands) {
            Reply reply = client.ask(command.toArray(String[]::new));
            assertFalse(reply.isError(), () -> command + " answered " + reply);
        }
    }

    @Test
    void whatIsReplicatedBuildsTheSameValue() {
        try (Recording recording = server().record()) {
            for (List<String> value : values()) {
                assertReplicates(recording, value);
            }
            for (String change : changes()) {
                List<String> commands = new ArrayList<>(values().getFirst());
                commands.add(change);
                assertReplicates(recording, commands);
            }
        }
    }

    private void assertReplicates(Recording recording, List<String> commands) {
        server().flush();
        recording.takeCommands();
        List<List<String>> replicated = new ArrayList<>();
        for (String command : commands) {
            make(List.of(command));
            List<List<String>> said = recording.takeCommands();
            assertFalse(said.isEmpty(), () -> command + " does not replicate");
            replicated.addAll(said);
        }
        boolean present = client.ask("EXISTS", KEY).integer() == 1;
        String expected = present ? dump(KEY) : "";
        server().flush();
        replay(replicated);
        assertEquals(expected, present ? dump(KEY) : "", () -> commands + " as " + replicated);
    }

    @Test
    void everyWriteCommandIsAmongTheExamples() {
        Set<String> missing = new TreeSet<>();
        server().onOwner(context -> {
            for (Command command : context.registry().table().all()) {
                boolean isWrite = command.spec().flags().contains(CommandFlag.WRITE);
                boolean isOurs =
                        command.owner().equals(pluginId())
                                && (commandCategory() == null
                                        || command.spec().categories().contains(commandCategory()));
                if (isWrite && isOurs) {
                    missing.add(command.name());
                }
            }
        });
        assertFalse(missing.isEmpty(), "the plugin has no write commands");
        missing.removeAll(testedElsewhere());
        values().forEach(value -> value.forEach(line -> missing.remove(name(line))));
        changes().forEach(line -> missing.remove(name(line)));
        assertEquals(Set.of(), missing);
    }

    private static String name(String line) {
        return Quoting.split(line).getFirst().toLowerCase(Locale.ROOT);
    }
}
