// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

/**
 * Holds the effects of one unit of execution (a command, or a whole transaction) back until it has
 * ended, since only then it is known whether they have to be applied together. What the server does
 * by itself between units passes through. Owner thread only.
 */
final class Effects implements Propagation {
    private final EffectBuffer pending = new EffectBuffer();
    private Propagation taker = Propagation.NONE;
    private boolean inUnit;
    private int targets = ALL;

    /** Says who takes the effects. */
    void taker(Propagation newTaker) {
        taker = newTaker;
    }

    @Override
    public boolean isActive() {
        return taker.isActive();
    }

    @Override
    public void feed(int db, byte[] command) {
        feed(db, command, ALL);
    }

    @Override
    public void feed(int db, byte[] command, int wished) {
        int to = wished & targets;
        if (to == 0) {
            return;
        }
        if (inUnit) {
            pending.add(db, command, to);
        } else {
            taker.feed(db, command, to);
        }
    }

    /** Takes a command as it was sent, whose arguments are lent until this returns. */
    void feed(int db, ArgsView args) {
        if (targets != 0) {
            pending.add(db, args, targets);
            if (!inUnit) {
                pending.handOn(taker);
            }
        }
    }

    @Override
    public long offset() {
        return taker.offset();
    }

    /** Says who hears of effects from now on, because a script wants it so; 0 for nobody. */
    void targets(int wished) {
        targets = wished;
    }

    /** A unit begins. */
    void begin() {
        inUnit = true;
    }

    /**
     * The unit has ended: hands on what it did.
     *
     * @param together whether several effects are a block, of which nobody may see a part
     */
    void end(boolean together) {
        inUnit = false;
        if (pending.count() > 0) {
            handOn(together && pending.count() > 1);
        }
    }

    private void handOn(boolean asBlock) {
        if (asBlock) {
            taker.blockBegins();
        }
        pending.handOn(taker);
        if (asBlock) {
            taker.blockEnds();
        }
    }
}
