// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.server;

import dev.sigrun.kernel.base.Slice;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.store.StoredKey;
import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.number.Decimal;
import dev.sigrun.spi.key.Access;
import java.nio.charset.StandardCharsets;

/** Makes numbered keys for tests, many and quickly. Owner thread only; must be closed. */
final class Population implements AutoCloseable {
    private static final byte[] VALUE_PREFIX = "value:".getBytes(StandardCharsets.US_ASCII);

    private final Execution execution;
    private final Allocator allocator;
    private final int prefixLength;
    private final int valueLength;
    private final int nameCapacity;
    private final int valueCapacity;
    private final long names;
    private final long values;
    private final Slice name = new Slice();
    private final Slice value = new Slice();

    /**
     * Prepares.
     *
     * @param valueLength length of the values, filled up with zero bytes; 0 for what the text takes
     */
    Population(Execution execution, byte[] prefix, int valueLength) {
        this.execution = execution;
        this.allocator = execution.store().allocator();
        this.prefixLength = prefix.length + 1;
        this.valueLength = valueLength;
        this.nameCapacity = prefixLength + Decimal.BYTES_MAX;
        this.valueCapacity = Math.max(valueLength, VALUE_PREFIX.length + Decimal.BYTES_MAX);
        this.values = allocator.allocate(valueCapacity);
        this.names = allocateNames(prefix);
        Memory.set(values, valueCapacity, (byte) 0);
        Memory.copy(VALUE_PREFIX, 0, values, VALUE_PREFIX.length);
    }

    private long allocateNames(byte[] prefix) {
        try {
            long block = allocator.allocate(nameCapacity);
            Memory.copy(prefix, 0, block, prefix.length);
            Memory.putByte(block + prefix.length, (byte) ':');
            return block;
        } catch (RuntimeException | Error e) {
            allocator.free(values, valueCapacity);
            throw e;
        }
    }

    /** Makes the key with a number, unless there is one of that name. */
    void add(long number) {
        name.wrap(names, prefixLength + Decimal.write(number, names + prefixLength));
        StoredKey key =
                execution.stored(execution.client().db(), name, Access.WRITE | Access.NO_TOUCH);
        if (!key.isPresent()) {
            int digits = Decimal.write(number, values + VALUE_PREFIX.length);
            int length = valueLength == 0 ? VALUE_PREFIX.length + digits : valueLength;
            key.setString(value.wrap(values, length), false);
        }
    }

    @Override
    public void close() {
        allocator.free(names, nameCapacity);
        allocator.free(values, valueCapacity);
    }
}
