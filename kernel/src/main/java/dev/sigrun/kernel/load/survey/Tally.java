// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.survey;

/** Sums over some of the keys. */
final class Tally {
    private long keys;
    private long expiring;
    private long elements;
    private long bytes;
    private long largestBytes;

    void add(KeySize key) {
        keys++;
        expiring += key.expires() ? 1 : 0;
        elements += key.elements();
        bytes += key.bytes();
        largestBytes = Math.max(largestBytes, key.bytes());
    }

    long keys() {
        return keys;
    }

    long expiring() {
        return expiring;
    }

    long elements() {
        return elements;
    }

    long bytes() {
        return bytes;
    }

    long largestBytes() {
        return largestBytes;
    }
}
