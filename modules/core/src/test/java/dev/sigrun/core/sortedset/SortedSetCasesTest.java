// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.CaseFile;
import dev.sigrun.testkit.OpaquePlugin;
import dev.sigrun.testkit.SigrunServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Replays what the reference server answered and did with sorted sets. */
final class SortedSetCasesTest {
    private static final CaseFile CASES =
            CaseFile.read(SortedSetCasesTest.class, "/dev/sigrun/core/sortedset-cases.txt");

    @RegisterExtension
    static final SigrunServer SERVER =
            SigrunServer.withConfig().virtualClock().plugin("opaque", new OpaquePlugin());

    @TestFactory
    Stream<DynamicTest> answersAndActsAsTheReferenceDoes() {
        return CASES.tests(SERVER, 3);
    }

    @TestFactory
    Stream<DynamicTest> answersInTheOlderProtocolToo() {
        return CASES.tests(SERVER, 2);
    }

    @Test
    void theFileIsReadInFull() {
        assertTrue(CASES.size() > 1300, () -> "cases: " + CASES.size());
    }
}
