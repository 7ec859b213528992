// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

/** Is shown entries of a {@link Table}; what it may do there is said where it is taken. */
@FunctionalInterface
public interface EntryVisitor {
    void visit(long entry);
}
