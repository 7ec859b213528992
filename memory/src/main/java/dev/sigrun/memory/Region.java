// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/**
 * One range of virtual addresses, reserved at once and backed page by page.
 *
 * <p>Reserving costs no memory. {@link #commit} makes the range writable up to a mark that only
 * rises, so that the kernel keeps one mapping however many blocks there are; pages appear when they
 * are first touched, or with {@link #populate}, and go back with {@link #release}. The last is for
 * the owner thread, and both others for any.
 */
final class Region {
    static final long PAGE = 4096;

    private static final long LARGEST = 4L << 40;
    private static final long LARGEST_CHECKED = 64L << 30;
    private static final long SMALLEST = 1L << 30;
    private static final long ALIGNMENT = 1L << 16;
    private static final long COMMIT_STEP = 64L << 20;

    private static final int NO_ACCESS = 0;
    private static final int READ_WRITE = 3;

    private static final boolean MAC =
            System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
    private static final int PRIVATE_ANONYMOUS_NORESERVE =
            MAC ? 0x2 | 0x1000 | 0x40 : 0x2 | 0x20 | 0x4000;

    /** DONTNEED on Linux; on macOS that name drops nothing, and FREE is the one that does. */
    private static final int DROP = MAC ? 5 : 4;

    private static final int HUGE_PAGES = 14;
    private static final int POPULATE_WRITE = 23;

    /**
     * Large pages spare most misses of the address cache. What speaks against them elsewhere, the
     * copies that a fork makes of them, does not happen here.
     */
    private static final boolean HUGE_PAGES_WANTED =
            !System.getProperty("sigrun.memory.hugepages", "true").equals("false");

    private static final MethodHandle MMAP =
            function(
                    "mmap",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_LONG));
    private static final MethodHandle MUNMAP =
            function(
                    "munmap",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
    private static final MethodHandle MPROTECT = addressLengthInt("mprotect");
    private static final MethodHandle MADVISE = addressLengthInt("madvise");

    private final long mapped;
    private final long mappedBytes;
    private final long base;
    private final long bytes;
    private volatile long writable;

    Region() {
        long size = Memory.CHECKED ? LARGEST_CHECKED : LARGEST;
        long at = map(size + ALIGNMENT);
        while (at == -1 && size > SMALLEST) {
            size >>>= 1;
            at = map(size + ALIGNMENT);
        }
        if (at == -1) {
            throw new MemoryExhausted("Not even 1 GiB of addresses could be reserved.");
        }
        mapped = at;
        mappedBytes = size + ALIGNMENT;
        base = (at + ALIGNMENT - 1) & -ALIGNMENT;
        bytes = size;
        if (!MAC && HUGE_PAGES_WANTED) {
            int _ = call(MADVISE, base, bytes, HUGE_PAGES);
        }
    }

    long base() {
        return base;
    }

    long bytes() {
        return bytes;
    }

    /** Makes the first {@code upTo} bytes writable; false when the kernel refuses. */
    boolean commit(long upTo) {
        return upTo <= writable || raise(upTo);
    }

    private synchronized boolean raise(long upTo) {
        if (upTo <= writable) {
            return true;
        }
        long target = Math.min(bytes, (upTo + COMMIT_STEP - 1) & -COMMIT_STEP);
        if (target < upTo || call(MPROTECT, base + writable, target - writable, READ_WRITE) != 0) {
            return false;
        }
        writable = target;
        return true;
    }

    /** Backs writable addresses with pages; false where the system cannot. */
    boolean populate(long offset, long length) {
        return !MAC && call(MADVISE, base + offset, length, POPULATE_WRITE) == 0;
    }

    /** Gives whole pages back to the kernel; they read as zeros when touched again. */
    void release(long address, long length) {
        int _ = call(MADVISE, address, length, DROP);
    }

    void unmap() {
        try {
            int _ = (int) MUNMAP.invokeExact(mapped, mappedBytes);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static long map(long length) {
        try {
            return (long)
                    MMAP.invokeExact(0L, length, NO_ACCESS, PRIVATE_ANONYMOUS_NORESERVE, -1, 0L);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static int call(MethodHandle function, long address, long length, int argument) {
        try {
            return (int) function.invokeExact(address, length, argument);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static MethodHandle addressLengthInt(String name) {
        return function(
                name,
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT));
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor type) {
        SymbolLookup symbols = Linker.nativeLinker().defaultLookup();
        return Linker.nativeLinker()
                .downcallHandle(
                        symbols.find(name)
                                .orElseThrow(() ->
                                        new UnsupportedOperationException(
                                                "This system has no " + name + ".")),
                        type);
    }
}
