// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.info;

import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.command.Sessions;
import dev.sigrun.kernel.command.Transport;

/**
 * What the clients take. To know it all of them are walked, so the result of a walk over many is
 * good for a while. Owner thread only.
 */
final class ClientUsage {
    private static final int FEW = 256;

    private final Sessions sessions;
    private long walkedMillis;
    private long memoryBytes;
    private long inputBytesMax;
    private long outputBytesMax;

    ClientUsage(Sessions sessions) {
        this.sessions = sessions;
    }

    /** Makes sure that what is known is at most so old, unless the clients are few anyway. */
    ClientUsage refresh(long nowMillis, long ageMillisMax) {
        long age = nowMillis - walkedMillis;
        if (sessions.size() <= FEW || age >= ageMillisMax || age < 0) {
            walkedMillis = nowMillis;
            walk();
        }
        return this;
    }

    private void walk() {
        memoryBytes = 0;
        inputBytesMax = 0;
        outputBytesMax = 0;
        for (Session session : sessions.all()) {
            if (session.isReplica()) {
                continue; // What waits for it is shared, and counted where it is kept.
            }
            Transport transport = session.transport();
            memoryBytes += session.memoryBytes();
            inputBytesMax = Math.max(inputBytesMax, transport.queryBytes());
            outputBytesMax = Math.max(outputBytesMax, transport.outputBytes());
        }
    }

    /** Bytes that the connections take altogether. */
    long memoryBytes() {
        return memoryBytes;
    }

    /** The most bytes of requests that wait at one client. */
    long inputBytesMax() {
        return inputBytesMax;
    }

    /** The most bytes of replies that wait at one client. */
    long outputBytesMax() {
        return outputBytesMax;
    }
}
