// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.type;

import dev.sigrun.bloom.filter.Filter;
import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.ValueContext;
import java.util.function.LongSupplier;

/** Any thread. What decoders refuse. */
final class Checks {
    private Checks() {}

    /**
     * Refuses a payload unless something holds.
     *
     * @param what what was found instead
     */
    static void that(boolean holds, String what) throws RdbException {
        if (!holds) {
            throw RdbException.corrupt("A Bloom filter with " + what + ".");
        }
    }

    /** Whether a number fits into 32 bits. */
    static boolean isUnsignedInt(long number) {
        return number >= 0 && number <= 0xffffffffL;
    }

    /** Refuses a filter that a user brings and that counts for more than allowed. */
    static void size(ValueContext context, Filter<?> filter, LongSupplier limit)
            throws RdbException {
        that(
                !context.limitsApply() || filter.sizeBytes() <= limit.getAsLong(),
                "more bytes than bf.bloom-memory-usage-limit allows");
    }
}
