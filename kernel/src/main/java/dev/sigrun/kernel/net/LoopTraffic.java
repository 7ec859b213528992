// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What a loop has read and written since its start. Counted by the loop, read by any thread: with a
 * single writer a count needs no more than an ordered store, and nobody's count is lost.
 */
final class LoopTraffic {
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong bytesIn = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();

    void countRead(int bytes) {
        add(reads, 1);
        add(bytesIn, bytes);
    }

    void countWrite() {
        add(writes, 1);
    }

    /** Adds what another loop has done. */
    void add(LoopTraffic other) {
        add(reads, other.reads());
        add(bytesIn, other.bytesIn());
        add(writes, other.writes());
    }

    private static void add(AtomicLong count, long more) {
        count.lazySet(count.getPlain() + more);
    }

    long reads() {
        return reads.get();
    }

    long bytesIn() {
        return bytesIn.get();
    }

    long writes() {
        return writes.get();
    }
}
