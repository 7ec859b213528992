// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.acl;

import java.util.List;

/** The commands that there are, as access rules see them. Owner thread only. */
public interface AclCommands {
    /** No commands at all, for rules that are read before there are any. */
    AclCommands NONE =
            new AclCommands() {
                @Override
                public AclCommand command(String name) {
                    return null;
                }

                @Override
                public List<AclCommand> all() {
                    return List.of();
                }

                @Override
                public boolean hasCategory(String name) {
                    return false;
                }

                @Override
                public int ids() {
                    return 0;
                }

                @Override
                public int changes() {
                    return 0;
                }
            };

    /**
     * The command of a name, or null.
     *
     * @param name in lower case, not that of a sub-command
     */
    AclCommand command(String name);

    /** All commands that are not sub-commands. */
    List<AclCommand> all();

    /** Whether there is a category of a name in lower case, without the at sign. */
    boolean hasCategory(String name);

    /** All ids are below this number. */
    int ids();

    /** Another number whenever commands have come or gone. */
    int changes();

    /** The command or sub-command that a rule names, or null. */
    default AclCommand named(String rule) {
        int bar = rule.indexOf('|');
        if (bar < 0) {
            return command(rule);
        }
        AclCommand container = command(rule.substring(0, bar));
        return container == null ? null : container.part(rule.substring(bar + 1));
    }
}
