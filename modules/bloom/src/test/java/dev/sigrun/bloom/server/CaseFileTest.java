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

/** What every command answers, which events it raises and what it replicates as. */
final class CaseFileTest {
    private static final CaseFile CASES =
            CaseFile.read(CaseFileTest.class, "/dev/sigrun/bloom/bloom-cases.txt");

    @RegisterExtension
    static final SigrunServer SERVER =
            BloomJar.server("--bf.bloom-use-random-seed", "no").virtualClock();

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
        assertTrue(CASES.size() > 150, () -> "cases: " + CASES.size());
    }
}
