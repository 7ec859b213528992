// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

import dev.sigrun.memory.Memory;

/**
 * Owner thread only. A place in the order of members: between all that lie before it and the rest.
 * A flyweight that is set for each search.
 */
final class Bound {
    private static final int BEFORE_ALL = -1;
    private static final int AT_MEMBER = 0;
    private static final int BEHIND_ALL = 1;

    private double score;
    private int side;
    private long member;
    private int length;
    private boolean behindEqual;

    /** Before or behind all members with a score. */
    Bound set(double atScore, boolean behind) {
        score = atScore;
        side = behind ? BEHIND_ALL : BEFORE_ALL;
        return this;
    }

    /** Before or behind one member, which need not be there. */
    Bound set(double atScore, long atMember, int memberLength, boolean behind) {
        score = atScore;
        side = AT_MEMBER;
        member = atMember;
        length = memberLength;
        behindEqual = behind;
        return this;
    }

    double score() {
        return score;
    }

    /** Whether a member with the bound's score lies before the bound. */
    boolean isAbove(long other, int otherLength) {
        if (side != AT_MEMBER) {
            return side == BEHIND_ALL;
        }
        int order = Memory.compare(other, otherLength, member, length);
        return behindEqual ? order <= 0 : order < 0;
    }

    /**
     * Whether members from this one on, which has the bound's score and need not be there, may lie
     * on either side of the bound. Otherwise all of them lie behind it.
     */
    boolean isAtLeast(long least, int leastLength) {
        return side == AT_MEMBER
                ? Memory.compare(least, leastLength, member, length) <= 0
                : side == BEHIND_ALL;
    }
}
