// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.acl;

import dev.sigrun.spi.command.Args;

/**
 * Checks commands with their arguments against the rules of users. Allocates nothing. Owner thread
 * only.
 */
final class AccessCheck {
    private final FoundKeys keys;
    private final int databases;
    private boolean searched;
    private int position;
    private int worstPosition;

    AccessCheck(FoundKeys keys, int databases) {
        this.keys = keys;
        this.databases = databases;
    }

    /** Position of the argument that the last refusal was about; 0 for the command itself. */
    int position() {
        return worstPosition;
    }

    /** Why a user may not run a command; null when nothing is against it. */
    Denial check(User user, AclCommand command, Args args, int db) {
        if (user.isUnrestricted()) {
            return null;
        }
        searched = false;
        worstPosition = 0;
        Denial worst = Denial.DATABASE;
        for (int i = 0; i < user.selectors().size(); i++) {
            Denial denial = check(user.selectors().get(i), command, args, db);
            if (denial == null) {
                return null;
            }
            int difference = denial.compareTo(worst);
            if (difference > 0 || difference == 0 && position > worstPosition) {
                worst = denial;
                worstPosition = position;
            }
        }
        return worst;
    }

    /**
     * Whether a user may run a command even if it uses keys that it does not name.
     *
     * @param rights what it does with them
     */
    boolean allowsAnyKey(User user, AclCommand command, Args args, int db, int rights) {
        if (user.isUnrestricted()) {
            return true;
        }
        searched = false;
        for (int i = 0; i < user.selectors().size(); i++) {
            Selector selector = user.selectors().get(i);
            if (check(selector, command, args, db) == null && selector.allowsAllKeys(rights)) {
                return true;
            }
        }
        return false;
    }

    private Denial check(Selector selector, AclCommand command, Args args, int db) {
        position = 0;
        if (!selector.allowsAllDatabases() && !areDatabasesAllowed(selector, command, args, db)) {
            return Denial.DATABASE;
        }
        if (!command.isNoAuth && !selector.commands().allow(command, args)) {
            return Denial.COMMAND;
        }
        if (!selector.allowsAllKeys()
                && command.hasKeys()
                && !areKeysAllowed(selector, command, args)) {
            return Denial.KEY;
        }
        if (!selector.allowsAllChannels()
                && command.channels != ChannelUse.NONE
                && !areChannelsAllowed(selector, command.channels, args)) {
            return Denial.CHANNEL;
        }
        return null;
    }

    private boolean areDatabasesAllowed(Selector selector, AclCommand command, Args args, int db) {
        DatabaseUse use = command.databases;
        if (use != DatabaseUse.NONE) {
            for (int at = use.first(args, databases); at != 0; at = use.next(args, at)) {
                if (!selector.allowsDatabase(DatabaseUse.number(args, at))) {
                    position = at;
                    return false;
                }
            }
            // What is moved or copied is taken from the database at hand.
            return !command.hasKeys() || isAllowed(selector, db);
        }
        if (command.isForAllDatabases) {
            for (int i = 0; i < databases; i++) {
                if (!selector.allowsDatabase(i)) {
                    return false;
                }
            }
            return true;
        }
        return !command.usesDatabase || isAllowed(selector, db);
    }

    private boolean isAllowed(Selector selector, int db) {
        return db < databases && selector.allowsDatabase(db);
    }

    private boolean areKeysAllowed(Selector selector, AclCommand command, Args args) {
        int only = command.onlyKey;
        if (only > 0 && only < args.count()) {
            position = only;
            return selector.allowsKey(args.bytes(only), command.onlyKeyRights);
        }
        if (!searched) {
            keys.find(command.spec(), args, false);
            searched = true;
        }
        for (int i = 0; i < keys.count(); i++) {
            int at = keys.position(i);
            int needed = KeyPattern.needed(keys.uses(i));
            if (!selector.allowsKey(args.bytes(at), needed)) {
                position = at;
                return false;
            }
        }
        return true;
    }

    private boolean areChannelsAllowed(Selector selector, ChannelUse use, Args args) {
        boolean arePatterns = use == ChannelUse.PATTERNS;
        for (int at = 1; at < use.end(args.count()); at++) {
            if (!selector.allowsChannel(args.bytes(at), arePatterns)) {
                position = at;
                return false;
            }
        }
        return true;
    }
}
