// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the description of a command must be like for the rest of the server to rely on it. */
final class CommandRules {
    private static final Set<KeySpec.Use> CHANGES =
            EnumSet.of(
                    KeySpec.Use.OW,
                    KeySpec.Use.RM,
                    KeySpec.Use.UPDATE,
                    KeySpec.Use.INSERT,
                    KeySpec.Use.DELETE);

    private CommandRules() {}

    static void check(String who, CommandSpec spec, List<String> problems) {
        if (!Names.isCommand(spec.name())) {
            problems.add(who + ": a name is made of 1 to 64 letters, digits and . _ : -");
        }
        if (spec.arity() == 0) {
            problems.add(who + ": the arity counts the name, so it cannot be 0");
        }
        Set<CommandFlag> flags = spec.flags();
        if (flags.contains(CommandFlag.WRITE) && flags.contains(CommandFlag.READONLY)) {
            problems.add(who + " is both WRITE and READONLY");
        }
        for (KeySpec key : spec.keys()) {
            checkKey(who, spec, key, problems);
        }
    }

    private static void checkKey(String who, CommandSpec spec, KeySpec key, List<String> problems) {
        Set<CommandFlag> flags = spec.flags();
        boolean mayChange =
                flags.contains(CommandFlag.WRITE) || flags.contains(CommandFlag.MAY_REPLICATE);
        if (!mayChange && changes(key)) {
            problems.add(who + " changes keys but is not WRITE, so replicas would not get it");
        }
        boolean movable = flags.contains(CommandFlag.MOVABLEKEYS) || spec.finder() != null;
        if (key.isUnknown() && !movable) {
            problems.add(who + " has keys at unknown positions but is not MOVABLEKEYS");
        }
        if (key.step() < 1) {
            problems.add(who + ": the distance between keys must be at least 1");
        }
    }

    /** Read-write alone is no change: some commands rewrite a value without changing what it is. */
    private static boolean changes(KeySpec key) {
        for (KeySpec.Use use : key.uses()) {
            if (CHANGES.contains(use)) {
                return true;
            }
        }
        return false;
    }
}
