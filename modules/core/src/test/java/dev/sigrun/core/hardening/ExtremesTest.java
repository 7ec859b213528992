// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hardening;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.core.hardening.ExtremesFile.Sample;
import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Each argument of each command in its turn is a number past a limit, or none at all. The replies
 * and what becomes of the keys are those of Valkey 9.1; an error leaves everything as it was.
 */
final class ExtremesTest {
    private static final List<String> TYPES =
            List.of(
                    "string",
                    "bitmap",
                    "list",
                    "set",
                    "hash",
                    "sortedset",
                    "geo",
                    "stream",
                    "sort",
                    "generic");

    private static final List<String> SETTINGS =
            List.of(
                    "HELLO 3",
                    "FLUSHALL",
                    "CONFIG SET proto-max-bulk-len 1mb",
                    "CONFIG SET list-max-listpack-size -2",
                    "CONFIG SET set-max-listpack-entries 128 set-max-intset-entries 512",
                    "CONFIG SET hash-max-listpack-entries 512 zset-max-listpack-entries 128",
                    "CONFIG SET stream-node-max-entries 100");

    @RegisterExtension
    static final SigrunServer SERVER = SigrunServer.withConfig("--enable-debug-command", "yes");

    /** Makes both servers begin alike, with the lowest limit of strings to keep them small. */
    static void prepare(RespClient client) {
        for (String command : SETTINGS) {
            Reply reply = client.run(command);
            assertFalse(reply.isError(), reply::toString);
        }
    }

    @TestFactory
    Stream<DynamicContainer> noWordDoesMoreThanOnTheReference() {
        return TYPES.stream().map(ExtremesTest::tests);
    }

    private static DynamicContainer tests(String type) {
        Stream<DynamicTest> tests =
                ExtremesFile.read(type).samples().stream()
                        .map(sample ->
                                DynamicTest.dynamicTest(
                                        "line " + sample.line() + ": " + sample.command(),
                                        () -> run(sample)));
        return DynamicContainer.dynamicContainer(type, tests);
    }

    private static void run(Sample sample) {
        RespClient client = SERVER.connect();
        prepare(client);
        List<String> outcomes = new ExtremesReplay(client).outcomes(sample);
        assertEquals(String.join("\n", sample.lines()), String.join("\n", outcomes));
    }

    @Test
    void theFilesAreReadInFull() {
        int commands =
                TYPES.stream().mapToInt(type -> ExtremesFile.read(type).samples().size()).sum();
        assertTrue(commands > 250, () -> "commands: " + commands);
    }
}
