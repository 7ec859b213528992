// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hash;

import dev.sigrun.memory.dict.Item;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.type.Cell;

/** Looks into hashes on behalf of other commands of this plugin. Owner thread only. */
public final class HashFields {
    private final Hashes hashes;
    private final HashValue hash;
    private final Item name = new Item();

    HashFields(Hashes hashes) {
        this.hashes = hashes;
        this.hash = hashes.another();
    }

    /**
     * The value of a field that is not past its time, as an element that holds until the key
     * changes; 0 when there is none or the key holds something else.
     *
     * @param nowMillis milliseconds since the Unix epoch
     */
    public long find(Key key, long fieldAddress, int fieldLength, long nowMillis) {
        try {
            Cell cell = key.value(hashes.type);
            if (cell == null) {
                return 0;
            }
            return hash.over(cell, nowMillis).find(name.bytes(fieldAddress, fieldLength));
        } catch (CommandException anotherType) {
            return 0;
        }
    }
}
