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

    /**
     * Sees a key that has expired but is still there. Nothing is done unless the visitor does it:
     * to look the name up again removes the key, where expired keys may be removed at all.
     *
     * @param key lent for this call; answers as if it had not expired
     */
    default void visitExpired(Key key) {}
}
