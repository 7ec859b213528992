// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.access;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.CaseFile;
import dev.sigrun.testkit.OpaquePlugin;
import dev.sigrun.testkit.SigrunServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Replays what the reference server answers about users and to them, against this server. */
final class AccessCasesTest {
    private static final CaseFile CASES =
            CaseFile.read(AccessCasesTest.class, "/dev/sigrun/core/access-cases.txt");

    @RegisterExtension
    static final SigrunServer SERVER =
            SigrunServer.withConfig("--enable-debug-command", "yes")
                    .virtualClock()
                    .plugin("opaque", new OpaquePlugin());

    @TestFactory
    Stream<DynamicTest> cases() {
        return CASES.tests(SERVER, 3);
    }

    @TestFactory
    Stream<DynamicTest> casesInTheOlderProtocol() {
        return CASES.tests(SERVER, 2);
    }

    @Test
    void theFileIsReadInFull() {
        assertTrue(CASES.size() > 450, () -> "cases: " + CASES.size());
    }
}
