// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.geo;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.CaseFile;
import dev.sigrun.testkit.OpaquePlugin;
import dev.sigrun.testkit.SigrunServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Replays what the reference server answered and did with places. */
final class GeoCasesTest {
    private static final CaseFile CASES = read("geo-cases.txt");
    private static final CaseFile SEARCHES = read("geo-searches.txt");

    @RegisterExtension
    static final SigrunServer SERVER =
            SigrunServer.withConfig().virtualClock().plugin("opaque", new OpaquePlugin());

    private static CaseFile read(String name) {
        return CaseFile.read(GeoCasesTest.class, "/dev/sigrun/core/" + name);
    }

    @TestFactory
    Stream<DynamicTest> answersAndActsAsTheReferenceDoes() {
        return CASES.tests(SERVER, 3);
    }

    @TestFactory
    Stream<DynamicTest> answersInTheOlderProtocolToo() {
        return CASES.tests(SERVER, 2);
    }

    @TestFactory
    Stream<DynamicTest> findsAmongRandomPlacesWhatTheReferenceFinds() {
        return SEARCHES.tests(SERVER, 3);
    }

    @Test
    void theFilesAreReadInFull() {
        assertTrue(CASES.size() > 280, () -> "cases: " + CASES.size());
        assertTrue(SEARCHES.size() > 140, () -> "searches: " + SEARCHES.size());
    }
}
