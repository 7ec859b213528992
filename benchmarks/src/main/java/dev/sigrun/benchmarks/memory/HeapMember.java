// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** One of the {@link Members} on the heap, as a key of the JDK's maps. */
final class HeapMember implements Comparable<HeapMember> {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] content = new byte[Members.BYTES];

    /** Makes the least member of all, or one to look others up with; see {@link #become}. */
    HeapMember() {}

    /** Makes the member with a number. */
    HeapMember(long number) {
        write(content, number);
    }

    /** Writes a member into an array. */
    static void write(byte[] target, long number) {
        LONG.set(target, 0, Members.first(number));
        LONG.set(target, Long.BYTES, Members.second(number));
    }

    /** The first eight bytes of an array. */
    static long first(byte[] source) {
        return (long) LONG.get(source, 0);
    }

    /** The member's first eight bytes. */
    long first() {
        return first(content);
    }

    /** Makes this the member with a number; only for one that is in no map. */
    HeapMember become(long number) {
        write(content, number);
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeapMember member && Arrays.equals(content, member.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public int compareTo(HeapMember other) {
        return Arrays.compareUnsigned(content, other.content);
    }
}
