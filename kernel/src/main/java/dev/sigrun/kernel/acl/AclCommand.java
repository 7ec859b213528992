// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.acl;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What access rules go by of a command. Owner thread only. */
public final class AclCommand {
    private final int id;
    private final String fullName;
    private final CommandSpec spec;
    private final Set<String> categories;
    private final AclCommand container;
    private final List<AclCommand> parts = new ArrayList<>();
    private final boolean hasKeys;

    /** Position of the key of a command that has one and always there; 0 for all others. */
    final int onlyKey;

    /** The rights that one needs to use that key. */
    final int onlyKeyRights;

    final ChannelUse channels;
    final DatabaseUse databases;
    final boolean isNoAuth;
    final boolean isForAllDatabases;

    /** Whether the command works on the data of the selected database. */
    final boolean usesDatabase;

    /**
     * Describes a command.
     *
     * @param id a small number that commands of this name always have
     * @param fullName the name in lower case, a sub-command's behind its container's and a bar
     * @param container the command that this one is a sub-command of, or null
     * @param hasKeys whether there may be keys among its arguments
     */
    public AclCommand(
            int id,
            String fullName,
            CommandSpec spec,
            Set<String> categories,
            AclCommand container,
            boolean hasKeys) {
        this.id = id;
        this.fullName = fullName;
        this.spec = spec;
        this.categories = categories;
        this.container = container;
        this.hasKeys = hasKeys;
        this.onlyKey = onlyKey(spec);
        this.onlyKeyRights = onlyKey == 0 ? 0 : KeyPattern.needed(spec.keys().get(0).uses());
        this.channels = ChannelUse.of(fullName);
        this.databases = DatabaseUse.of(fullName);
        this.isNoAuth = spec.flags().contains(CommandFlag.NO_AUTH);
        this.isForAllDatabases = spec.flags().contains(CommandFlag.ALL_DBS);
        this.usesDatabase =
                hasKeys
                        || categories.contains("keyspace")
                        || categories.contains("read")
                        || categories.contains("write");
        if (container != null) {
            container.parts.add(this);
        }
    }

    private static int onlyKey(CommandSpec spec) {
        if (spec.keys().size() != 1 || spec.finder() != null) {
            return 0;
        }
        KeySpec key = spec.keys().get(0);
        boolean isFixed =
                !key.isUnknown()
                        && !key.isCounted()
                        && key.beginKeyword() == null
                        && key.last() == 0
                        && !key.uses().contains(KeySpec.Use.NOT_KEY)
                        && !key.uses().contains(KeySpec.Use.INCOMPLETE);
        return isFixed ? key.beginIndex() : 0;
    }

    /**
     * The database that is selected once the command has run.
     *
     * @param db the one that is selected before
     * @param count number of databases
     */
    public int databaseAfter(Args args, int db, int count) {
        boolean selects = databases == DatabaseUse.SELECT && databases.first(args, count) != 0;
        return selects ? DatabaseUse.number(args, 1) : db;
    }

    /** The number that stands for the command in the rules of users. */
    int id() {
        return id;
    }

    /** The name, a sub-command's behind its container's and a bar. */
    public String fullName() {
        return fullName;
    }

    CommandSpec spec() {
        return spec;
    }

    boolean isIn(String category) {
        return categories.contains(category);
    }

    boolean hasKeys() {
        return hasKeys;
    }

    boolean isPart() {
        return container != null;
    }

    /** The sub-commands. */
    List<AclCommand> parts() {
        return parts;
    }

    AclCommand part(String wanted) {
        for (AclCommand part : parts) {
            if (part.spec.name().equals(wanted)) {
                return part;
            }
        }
        return null;
    }
}
