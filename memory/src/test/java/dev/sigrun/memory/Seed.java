// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/** One seed for a run's random tests, from {@code sigrun.seed} or by chance, said on a failure. */
public final class Seed implements TestExecutionExceptionHandler {
    private static final long VALUE =
            Long.getLong("sigrun.seed", ThreadLocalRandom.current().nextLong());

    /** A new source of randomness, the same for each call in a run. */
    public SplittableRandom random() {
        return new SplittableRandom(VALUE);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure)
            throws Throwable {
        if (failure instanceof TestAbortedException) {
            throw failure;
        }
        System.err.printf(
                "replay: mvn -pl memory test -Dtest=%s#%s -DargLine=\"... -Dsigrun.seed=%d\"%n",
                context.getRequiredTestClass().getSimpleName(),
                context.getRequiredTestMethod().getName(),
                VALUE);
        throw failure;
    }
}
