// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.base;

/**
 * How many things of a kind clients may leave on the heap, where they are small, useful and without
 * a limit of their own: a heap that is full ends more than the client that filled it. Owner thread
 * only.
 */
public final class HeapShare {
    private long entriesMax;
    private long entries;

    /**
     * A share of the heap that this process may have.
     *
     * @param divisor of the heap one part in so many
     * @param bytesEach what one of these things takes, about
     */
    public HeapShare(int divisor, int bytesEach) {
        entriesMax = Runtime.getRuntime().maxMemory() / divisor / bytesEach;
    }

    /** Sets the limit; for tests. */
    public void entriesMax(long limit) {
        entriesMax = limit;
    }

    /** Whether there is room for so many more. */
    public boolean hasRoom(int more) {
        return entries + more <= entriesMax;
    }

    /** So many have come. */
    public void took(int count) {
        entries += count;
    }

    /** So many have gone. */
    public void gave(int count) {
        entries -= count;
    }
}
