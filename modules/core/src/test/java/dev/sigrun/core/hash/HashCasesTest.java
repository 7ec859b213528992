// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hash;

import dev.sigrun.testkit.CaseFile;
import dev.sigrun.testkit.SigrunServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Replays what the reference server answered to hash commands and did, against this server. */
final class HashCasesTest {
    private static final CaseFile CASES =
            CaseFile.read(HashCasesTest.class, "/dev/sigrun/core/hash-cases.txt");

    @RegisterExtension
    static final SigrunServer SERVER =
            SigrunServer.withConfig("--enable-debug-command", "yes").virtualClock();

    @TestFactory
    Stream<DynamicTest> cases() {
        return CASES.tests(SERVER, 3);
    }

    @TestFactory
    Stream<DynamicTest> casesInTheOlderProtocol() {
        return CASES.tests(SERVER, 2);
    }
}
