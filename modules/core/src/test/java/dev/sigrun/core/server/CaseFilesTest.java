// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.CaseFile;
import dev.sigrun.testkit.OpaquePlugin;
import dev.sigrun.testkit.SigrunServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Replays what the reference server answered and did, against this server. */
final class CaseFilesTest {
    private static final CaseFile STRINGS = read("string-cases.txt");
    private static final CaseFile GENERIC = read("generic-cases.txt");

    @RegisterExtension
    static final SigrunServer SERVER =
            SigrunServer.withConfig().virtualClock().plugin("opaque", new OpaquePlugin());

    private static CaseFile read(String name) {
        return CaseFile.read(CaseFilesTest.class, "/dev/sigrun/core/" + name);
    }

    @TestFactory
    Stream<DynamicTest> stringCases() {
        return STRINGS.tests(SERVER, 3);
    }

    @TestFactory
    Stream<DynamicTest> stringCasesInTheOlderProtocol() {
        return STRINGS.tests(SERVER, 2);
    }

    @TestFactory
    Stream<DynamicTest> genericCases() {
        return GENERIC.tests(SERVER, 3);
    }

    @Test
    void theFilesAreReadInFull() {
        assertTrue(STRINGS.size() > 1000, () -> "strings: " + STRINGS.size());
        assertTrue(GENERIC.size() > 1000, () -> "generic: " + GENERIC.size());
    }
}
