// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

/** Owner thread only. Sees members one by one; must not change the set. */
@FunctionalInterface
public interface MemberVisitor {
    /**
     * Sees a member.
     *
     * @param member address of the first byte
     * @param length number of bytes
     */
    void visit(long member, int length, double score);
}
