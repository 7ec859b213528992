// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.measure;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.CaseFile;
import dev.sigrun.testkit.SigrunServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Replays what the reference server answered, against this server. */
final class MeasureCasesTest {
    private static final CaseFile CASES =
            CaseFile.read(MeasureCasesTest.class, "/dev/sigrun/core/measure-cases.txt");

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig();

    @TestFactory
    Stream<DynamicTest> repliesAreThoseOfTheReference() {
        return CASES.tests(SERVER, 3);
    }

    @Test
    void theFileIsReadInFull() {
        assertTrue(CASES.size() > 100, () -> "cases: " + CASES.size());
    }
}
