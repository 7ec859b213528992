// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.snapshot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** A sink that keeps everything, or fails when told to. */
final class KeptBytes implements SnapshotSink {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long failAfterBytes = Long.MAX_VALUE;
    private boolean finished;
    private boolean aborted;

    /** Makes writing fail once so many bytes have been taken. */
    KeptBytes failAfter(long count) {
        failAfterBytes = count;
        return this;
    }

    @Override
    public void write(byte[] content, int offset, int length) throws IOException {
        bytes.write(content, offset, length);
        if (bytes.size() > failAfterBytes) {
            throw new IOException("No space left on device");
        }
    }

    @Override
    public void finish() {
        finished = true;
    }

    @Override
    public void abort() {
        aborted = true;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    boolean isFinished() {
        return finished;
    }

    boolean isAborted() {
        return aborted;
    }
}
