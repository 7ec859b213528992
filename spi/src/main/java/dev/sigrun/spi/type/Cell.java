// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.type;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.ForKernel;

/**
 * The bytes of an embedded value. They stand beside the key's name in one block, so that a small
 * value costs no block and no heap object of its own; what does not fit hangs on them by addresses
 * that the type writes into them.
 *
 * <p>The content may be written to through {@link #address()}. It must not depend on where it
 * stands: the kernel moves it whenever the key's block changes. Lent like every {@link Bytes}, and
 * valid until the key is changed by other means than this cell. Owner thread only.
 */
@ForKernel
public abstract class Cell extends Bytes {
    /** For the kernel's own flyweights. */
    protected Cell() {}

    /**
     * Makes the value longer or shorter. The bytes up to the smaller length stay, those beyond are
     * undefined, and {@link #address()} may be another one.
     *
     * @param length new length in bytes, at least 1
     * @throws OutOfMemoryError when there is no room for more; nothing has changed then, and a
     *     smaller length is never refused
     */
    public abstract void resize(int length);
}
