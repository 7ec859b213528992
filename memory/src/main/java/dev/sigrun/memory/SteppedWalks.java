// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

import java.util.ArrayList;
import java.util.List;

/**
 * The walks that are under way over the structures of an engine, which asks before each change
 * whether there are any; as a rule there are none. Owner thread only.
 *
 * @param <W> the engine's kind of walk
 */
public final class SteppedWalks<W extends SteppedWalk> {
    private final List<W> all = new ArrayList<>(0);

    /** Whether none is under way. */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** Those under way, of whatever structure they are. */
    public List<W> all() {
        return all;
    }

    /** A walk begins. */
    public void begin(W walk) {
        all.add(walk);
    }

    /** A walk ends, if it has not ended before. */
    public void end(W walk) {
        all.remove(walk);
    }
}
