// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.key;

import dev.sigrun.spi.ForPlugin;

/** Sees the keys of a scan one by one. */
@ForPlugin
@FunctionalInterface
public interface KeyVisitor {
    /**
     * Sees one key.
     *
     * @param key lent for this call; may be removed
     */
    void visit(Key key);
}
