// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load;

/** Data that is being loaded. Any thread may ask; only the owner cancels. */
public interface Load {
    /** Bytes of the input that have been read. */
    long bytesRead();

    /** Bytes of the input; 0 as long as nobody knows. */
    long bytesTotal();

    /** Keys that are in their place. */
    long keys();

    /**
     * Ends it before its time; {@code done} hears of it in a later turn. What has been loaded in
     * place stays where it is.
     */
    void cancel();
}
