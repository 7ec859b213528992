// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code MODULE} with the plugin's own jar, on a server that runs. */
final class TmpTest {
    private static final String JAR = BloomJar.path().toString();

    @RegisterExtension static final SigrunServer SERVER = BloomJar.bareServer();

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
    @SuppressWarnings("all") void bisect() {
        String[] lines = {"PING", "BF.ADD k a", "BF.INSERT k CAPACITY 1 EXPANSION 1 ITEMS a b c d e f", "BF.RESERVE l 2 1", "COPY k l", "MEMORY USAGE k", "DEBUG DIGEST-VALUE k", "DUMP k", "COMMAND DOCS bf.add", "CONFIG SET bf.bloom-fp-rate 7","CONFIG SET bf.bloom-fp-rate 0.02", "INFO everything", "COMMAND INFO bf.add", "RESTORE n 0 lies","CONFIG GET *"};
        for (String line : lines) {
            load();
            WeakReference<ClassLoader> loader = loader();
            client.run("BF.ADD k a");
            client.run(line);
            client.run("FLUSHALL SYNC");
            unload();
            boolean gone = false;
            for (int i = 0; i < 20 && !gone; i++) { gone = isCollected(loader); try { Thread.sleep(20); } catch (InterruptedException e) { return; } }
            System.err.println("BISECT " + line + " " + gone);
        }
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
