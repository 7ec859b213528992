// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.sketch;

import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.RdbReader;
import dev.sigrun.spi.type.ValueContext;

/**
 * Reads sketches of one kind.
 *
 * @param <S> the sketch
 */
public interface Layout<S> {
    /**
     * A sketch from its parts. Nothing is believed: a damaged one leaves nothing behind.
     *
     * @throws RdbException when it makes no sense, or counts for more than a user may bring
     */
    S read(ValueContext context, RdbReader in) throws RdbException;

    /**
     * Refuses a payload unless something holds.
     *
     * @param what a sentence that says what is wrong
     */
    static void check(boolean holds, String what) throws RdbException {
        if (!holds) {
            throw RdbException.corrupt(what);
        }
    }
}
