// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Stops this process until somebody lets it go on: tests look what others do meanwhile. Any thread.
 */
final class ProcessStop {
    /** The signal that cannot be caught, as Linux numbers it. */
    private static final int SIGSTOP = 19;

    private ProcessStop() {}

    /**
     * Stops all threads; returns when another process has sent {@code SIGCONT}.
     *
     * @throws UnsupportedOperationException where the system does not know how
     */
    @SuppressWarnings("restricted")
    static void stop() {
        SymbolLookup symbols = Linker.nativeLinker().defaultLookup();
        MethodHandle raise =
                Linker.nativeLinker()
                        .downcallHandle(
                                symbols.find("raise")
                                        .orElseThrow(() ->
                                                new UnsupportedOperationException(
                                                        "This system has no raise.")),
                                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try {
            int _ = (int) raise.invokeExact(SIGSTOP);
        } catch (Throwable e) {
            throw new UnsupportedOperationException("The process could not be stopped.", e);
        }
    }
}
