// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sort;

import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;

/** Values of one type, as a source of elements. Owner thread only. */
interface ElementSource {
    /**
     * Looks at the value of a key.
     *
     * @return number of its elements
     * @throws CommandException when it holds another type
     */
    long open(Key key) throws CommandException;

    /** Collects all elements, in any order. */
    void collect(SortVector vector);

    /**
     * Collects elements in the value's own order.
     *
     * @param first how many to pass over
     * @param count how many to collect; they are there
     * @param backwards whether to begin with the last one
     */
    void collect(SortVector vector, long first, long count, boolean backwards);
}
