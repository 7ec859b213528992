// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.idmap;

/** An identifier, ordered as the map orders it. */
record Id(long ms, long seq) implements Comparable<Id> {
    @Override
    public int compareTo(Id other) {
        int order = Long.compareUnsigned(ms, other.ms);
        return order != 0 ? order : Long.compareUnsigned(seq, other.seq);
    }
}
