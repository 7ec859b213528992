// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.CaseFile;
import dev.sigrun.testkit.OpaquePlugin;
import dev.sigrun.testkit.SigrunServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Replays what scripts answered on the reference server. */
final class LuaCasesTest {
    private static final CaseFile CASES =
            CaseFile.read(LuaCasesTest.class, "/dev/sigrun/lua/lua-cases.txt");

    @RegisterExtension
    static final SigrunServer SERVER =
            SigrunServer.withConfig().virtualClock().plugin("opaque", new OpaquePlugin());

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
        assertTrue(CASES.size() > 300, () -> "cases: " + CASES.size());
    }
}
