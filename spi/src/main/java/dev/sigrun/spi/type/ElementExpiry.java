// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.type;

import dev.sigrun.spi.ForKernel;
import dev.sigrun.spi.key.Key;

/** One visit of the active expiry to a value whose elements have a time to live of their own. */
@ForKernel
public interface ElementExpiry {
    /** The key that holds the value. */
    Key key();

    /** Milliseconds since the Unix epoch; elements whose time lies before are to go. */
    long nowMillis();

    /** How many elements may go in this visit. */
    int elementsMax();

    /** Says how the visit replicates; may be called several times, for a command each. */
    CommandEmitter effect();
}
