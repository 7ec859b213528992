// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load;

import java.nio.file.Path;

/** Where data is loaded from; used once. */
public sealed interface LoadSource permits LoadStream, LoadSource.OfFile, LoadSource.OfMemory {
    /** A file from its beginning; more may follow behind the data. */
    static LoadSource file(Path path) {
        return new OfFile(path);
    }

    /** Bytes that are all there; they must stay as they are until the end. */
    static LoadSource memory(byte[] content) {
        return new OfMemory(content);
    }

    /**
     * Bytes that arrive over time.
     *
     * @param bytesTotal how many there will be; 0 when nobody knows
     */
    static LoadStream stream(long bytesTotal) {
        return new LoadStream(bytesTotal);
    }

    /** A file. */
    record OfFile(Path path) implements LoadSource {}

    /** Bytes. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record OfMemory(byte[] content) implements LoadSource {}
}
