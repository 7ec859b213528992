// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code MODULE} with the plugin's own jar, on a server that runs. */
final class ModuleTest {
    private static final String JAR = BloomJar.path().toString();
    private static final int ROUNDS = 50;
    private static final String REFUSED =
            "-ERR Error loading the extension. Please check the server logs.";

    @RegisterExtension static final SigrunServer SERVER = BloomJar.bareServer();

    @TempDir private Path folder;
    private RespClient client;

    @BeforeEach
    void connect() {
        SERVER.flush();
        client = SERVER.connect();
    }

    private void load() {
        assertEquals("+OK", client.call("MODULE", "LOAD", JAR));
    }

    private void unload() {
        assertEquals("+OK", client.call("MODULE", "UNLOAD", "bf"));
    }

    @Test
    void isListedAndLeavesNothingBehind() {
        String unknown = client.call("BF.ADD", "k", "a");
        assertTrue(unknown.startsWith("-ERR unknown command 'BF.ADD'"), unknown);
        load();
        String list = client.call("MODULE", "LIST");
        assertTrue(list.contains("$\"name\", $\"bf\", $\"ver\", :10001, $\"path\""), list);
        assertEquals(
                "-ERR Error loading the extension. Please check the server logs.",
                client.call("MODULE", "LOAD", JAR));
        assertEquals(":1", client.call("BF.ADD", "k", "a"));
        client.call("DEL", "k");
        unload();
        assertEquals("*[]", client.call("MODULE", "LIST"));
        assertEquals(unknown, client.call("BF.ADD", "k", "a"));
        assertEquals("*[]", client.call("CONFIG", "GET", "bf.*"));
        assertEquals("$\"\"", client.call("INFO", "bf_bloom_core_metrics"));
        assertEquals(
                "-ERR Error unloading module: no such module with that name",
                client.call("MODULE", "UNLOAD", "bf"));
    }

    @Test
    void takesValuesAndArguments() {
        assertEquals(
                "+OK",
                client.call(
                        "MODULE",
                        "LOADEX",
                        JAR,
                        "CONFIG",
                        "bf.bloom-capacity",
                        "7",
                        "CONFIG",
                        "bf.bloom-fp-rate",
                        "0.25",
                        "ARGS",
                        "one",
                        "two"));
        String list = client.call("MODULE", "LIST");
        assertTrue(list.contains("$\"args\", *[$\"one\", $\"two\"]"), list);
        client.call("BF.ADD", "k", "a");
        assertEquals(":7", client.call("BF.INFO", "k", "CAPACITY"));
        assertEquals("$\"0.25\"", client.call("BF.INFO", "k", "ERROR"));
        client.call("DEL", "k");
        unload();
    }

    @Test
    void badValuesRefuseTheLoad() {
        for (List<String> rest :
                List.of(
                        List.of("CONFIG", "bf.bloom-capacity", "0"),
                        List.of("CONFIG", "bf.bloom-nothing", "0"),
                        List.of("CONFIG", "bf.bloom-capacity"),
                        List.of("WORDS"))) {
            String[] command = new String[3 + rest.size()];
            command[0] = "MODULE";
            command[1] = "LOADEX";
            command[2] = JAR;
            for (int i = 0; i < rest.size(); i++) {
                command[3 + i] = rest.get(i);
            }
            assertEquals(REFUSED, client.call(command), rest::toString);
        }
        assertEquals("*[]", client.call("MODULE", "LIST"));
        load();
        assertEquals(
                "*[$\"bf.bloom-capacity\", $\"100\"]",
                client.call("CONFIG", "GET", "bf.bloom-capacity"));
        unload();
    }

    @Test
    void damagedJarsAreRefused() throws IOException {
        byte[] whole = Files.readAllBytes(Path.of(JAR));
        Path damaged = folder.resolve("damaged.jar");
        final long before = SERVER.usedBytes();
        for (int part = 0; part < 20; part++) {
            Files.write(damaged, Arrays.copyOf(whole, whole.length * part / 20));
            assertEquals(REFUSED, client.call("MODULE", "LOAD", damaged.toString()));
        }
        for (int part = 1; part < 20; part++) {
            byte[] turned = whole.clone();
            turned[whole.length * part / 20] ^= 0x55;
            Files.write(damaged, turned);
            if (client.call("MODULE", "LOAD", damaged.toString()).equals("+OK")) {
                unload();
            }
        }
        assertEquals(REFUSED, client.call("MODULE", "LOAD", folder + "/none.jar"));
        assertEquals(REFUSED, client.call("MODULE", "LOAD", folder.toString()));
        assertEquals("+PONG", client.call("PING"));
        assertEquals(before, SERVER.usedBytes());
    }

    @Test
    void staysWhileThereAreFilters() {
        load();
        client.call("BF.ADD", "k", "a");
        client.call("SELECT", "3");
        client.call("BF.ADD", "l", "a");
        client.call("SELECT", "0");
        String held = client.call("MODULE", "UNLOAD", "bf");
        assertTrue(held.startsWith("-ERR Error unloading module: "), held);
        assertEquals(":1", client.call("BF.EXISTS", "k", "a"));
        client.call("DEL", "k");
        assertTrue(client.ask("MODULE", "UNLOAD", "bf").isError());
        client.call("FLUSHALL", "ASYNC");
        Await.until("the plugin goes", () -> !client.ask("MODULE", "UNLOAD", "bf").isError());
    }

    @Test
    void staysWhileAFilterIsBeingFreed() {
        load();
        String[] command = new String[3_002];
        command[0] = "BF.MADD";
        command[1] = "k";
        for (int i = 2; i < command.length; i++) {
            command[i] = "item:" + i;
        }
        client.run("BF.INSERT k CAPACITY 1 EXPANSION 1 ERROR 0.0001 TIGHTENING 0.999");
        client.call(command);
        // In one batch, so that nothing is freed between the two.
        List<List<String>> batch =
                List.of(List.of("UNLINK", "k"), List.of("MODULE", "UNLOAD", "bf"));
        client.pipeline(batch);
        Await.until(
                "the plugin goes",
                () ->
                        client.call("MODULE", "LIST").equals("*[]")
                                || !client.ask("MODULE", "UNLOAD", "bf").isError());
        assertEquals(0, SERVER.leftBytes());
    }

    @Test
    void everyUnloadedLoaderIsCollected() {
        final long before = SERVER.usedBytes();
        for (int i = 0; i < ROUNDS; i++) {
            load();
            WeakReference<ClassLoader> loader = loader();
            use();
            unload();
            Await.until("the classes of round " + i + " go", () -> isCollected(loader));
        }
        List<?> leaks = SERVER.fromOwner(context -> context.plugins().leaks());
        assertEquals(List.of(), leaks);
        assertEquals(before, SERVER.usedBytes());
    }

    /** Lets as much of the server as possible see the plugin's objects. */
    private void use() {
        client.run("BF.INSERT k CAPACITY 1 EXPANSION 1 ITEMS a b c d e f");
        client.run("BF.RESERVE k 0.1 1");
        client.run("BF.RESERVE l 2 1");
        client.run("COPY k l");
        client.call("RESTORE", "m", "0", client.ask("DUMP", "l").bulk());
        client.call("RESTORE", "n", "0", "lies");
        client.run("MEMORY USAGE k");
        client.run("DEBUG DIGEST-VALUE k");
        client.run("COMMAND DOCS bf.add");
        client.run("CONFIG SET bf.bloom-fp-rate 7");
        client.run("CONFIG SET bf.bloom-fp-rate 0.02");
        client.run("INFO everything");
        client.run("COMMAND INFO bf.add");
        client.run("SET k text");
        client.run("BF.ADD k a");
        client.run("FLUSHALL SYNC");
    }

    private static WeakReference<ClassLoader> loader() {
        return SERVER.fromOwner(context ->
                new WeakReference<>(
                        context.store()
                                .types()
                                .reader("bloomfltr")
                                .type()
                                .type()
                                .getClass()
                                .getClassLoader()));
    }

    private static boolean isCollected(WeakReference<ClassLoader> loader) {
        System.gc();
        return loader.get() == null;
    }
}
