// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.dict;

/** Sees the elements of a dictionary one by one. Called on the owner. */
@FunctionalInterface
public interface DictVisitor {
    /**
     * Sees one element.
     *
     * @param position of the element, for a map of the key; the dictionary must not change
     *     meanwhile
     */
    void visit(long position);
}
