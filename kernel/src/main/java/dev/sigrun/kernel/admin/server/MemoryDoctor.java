// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.server;

import dev.sigrun.kernel.admin.info.MemoryReport;

/** Says in sentences what is unusual about the server's memory, by Valkey's thresholds. */
final class MemoryDoctor {
    private static final long EMPTY_BYTES = 5L << 20;
    private static final long NOTABLE_BYTES = 10L << 20;
    private static final long CLIENT_BYTES_MAX = 200L << 10;

    private MemoryDoctor() {}

    static String examine(MemoryReport report, int clients) {
        if (report.used() < EMPTY_BYTES) {
            return "There is next to no data in memory yet, so there is nothing to judge.\n";
        }
        StringBuilder findings = new StringBuilder();
        if (report.peak() > report.used() * 1.5) {
            findings.append(
                    " * Peak: more than one and a half times as much was in use before. The rest"
                            + " is kept for new data; MEMORY PURGE gives what it can back.\n\n");
        }
        if (report.fragmentation() > 1.4 && report.fragmentationBytes() > NOTABLE_BYTES) {
            findings.append(
                    " * Fragmentation: much of the memory off the heap that was taken from the"
                            + " system is not in use. After a peak that is normal; otherwise sizes"
                            + " of values vary a lot over time.\n\n");
        }
        if (report.residentOverhead() > 1.4 && report.residentOverheadBytes() > NOTABLE_BYTES) {
            findings.append(
                    " * Process: it has much more memory than the data needs. Look at the Java"
                            + " heap in INFO memory, and at its limit (-Xmx).\n\n");
        }
        if (clients > 0 && report.clients() / clients > CLIENT_BYTES_MAX) {
            findings.append(
                    " * Clients: they take more than 200 kB each. Some read replies slowly or send"
                            + " very large requests; CLIENT LIST shows which.\n\n");
        }
        return findings.isEmpty()
                ? "Nothing is unusual about the memory of this server.\n"
                : "This is unusual about the memory of this server:\n\n" + findings;
    }
}
