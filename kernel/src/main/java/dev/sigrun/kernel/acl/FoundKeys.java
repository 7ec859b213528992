// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.acl;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;
import java.util.Set;

/** Finds the keys among the arguments of a command, and holds them until the next search. */
public interface FoundKeys {
    /**
     * Searches.
     *
     * @param withNotKeys whether arguments count that are only routed like keys
     * @return whether the arguments make sense; when not, nothing is found
     */
    boolean find(CommandSpec spec, Args args, boolean withNotKeys);

    /** Number of keys that were found. */
    int count();

    /** Position of a key among the arguments. */
    int position(int index);

    /** What the command does with a key. */
    Set<KeySpec.Use> uses(int index);
}
