// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sort;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.CaseFile;
import dev.sigrun.testkit.OpaquePlugin;
import dev.sigrun.testkit.SigrunServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Replays what the reference server answered and did when it was asked to sort. */
final class SortCasesTest {
    private static final CaseFile CASES =
            CaseFile.read(SortCasesTest.class, "/dev/sigrun/core/sort-cases.txt");

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
        assertTrue(CASES.size() > 250, () -> "cases: " + CASES.size());
    }
}
