// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.CaseFile;
import dev.sigrun.testkit.SigrunServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the commands of the sketches answer, and what they replicate as. */
final class SketchCaseFileTest {
    private static final CaseFile CASES =
            CaseFile.read(SketchCaseFileTest.class, "/dev/sigrun/bloom/sketch-cases.txt");

    @RegisterExtension static final SigrunServer SERVER = BloomJar.server().virtualClock();

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
        assertTrue(CASES.size() > 170, () -> "cases: " + CASES.size());
    }
}
