// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.acl;

import dev.sigrun.kernel.config.text.Words;
import dev.sigrun.spi.command.Args;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which commands one may run: all or none at first, and then what rules add and take away, the last
 * one that is about a command being right. Owner thread only.
 *
 * <p>The rules are kept by name, and a later rule for the same name takes the place of an earlier
 * one. What they mean is a bit for each command's id, made when it is first asked for and again
 * after commands have come or gone.
 */
final class CommandRules {
    private static final Logger LOG = LoggerFactory.getLogger(CommandRules.class);

    private final AclCommands commands;
    private boolean all;

    /** Whether a rule adds, by its text without the sign, in the order in which they hold. */
    private final Map<String, Boolean> rules = new LinkedHashMap<>();

    /** The rules with a bar by what stands before it. */
    private final Map<String, Set<String>> partRules = new HashMap<>();

    private int removals;
    private int changes = -1;
    private long[] bits = {};

    /** By ids, the first arguments with which a command is allowed that is not; else null. */
    private List<List<String>> firstArguments = List.of();

    CommandRules(AclCommands commands) {
        this.commands = commands;
    }

    CommandRules copy() {
        CommandRules copy = new CommandRules(commands);
        copy.all = all;
        rules.forEach(copy::put);
        return copy;
    }

    /** Forgets all rules, and allows all commands or none. */
    void reset(boolean allowAll) {
        all = allowAll;
        rules.clear();
        partRules.clear();
        removals = 0;
        changes = -1;
    }

    /** Allows a command, a sub-command, a category, or a command with one first argument. */
    void allow(String rule) throws RuleError {
        String name = Words.lower(rule);
        if (name.startsWith("@")) {
            checkCategory(name);
        } else if (name.indexOf('|') < 0) {
            check(commands.command(name));
        } else {
            checkPart(name);
        }
        put(name, true);
    }

    /** Takes a command, a sub-command or a category away. */
    void deny(String rule) throws RuleError {
        String name = Words.lower(rule);
        if (name.startsWith("@")) {
            checkCategory(name);
        } else {
            check(commands.named(name));
        }
        put(name, false);
    }

    private void checkCategory(String name) throws RuleError {
        if (!commands.hasCategory(name.substring(1))) {
            throw RuleError.UNKNOWN_NAME;
        }
    }

    private static void check(AclCommand command) throws RuleError {
        if (command == null) {
            throw RuleError.UNKNOWN_NAME;
        }
    }

    private void checkPart(String name) throws RuleError {
        int bar = name.lastIndexOf('|');
        AclCommand command = commands.named(name.substring(0, bar));
        check(command);
        if (command.isPart()) {
            throw RuleError.FIRST_ARGUMENT_OF_PART;
        }
        if (bar == name.length() - 1) {
            throw RuleError.SYNTAX;
        }
        if (!command.parts().isEmpty()) {
            check(commands.named(name));
        } else {
            LOG.warn(
                    "Deprecation warning: Allowing a first arg of an otherwise blocked command is"
                            + " a misuse of ACL and may get disabled in the future (offender: +{})",
                    name);
        }
    }

    /** Adds a rule behind all others; those that it makes void go. */
    private void put(String name, boolean adds) {
        Set<String> parts = partRules.remove(name);
        if (parts != null) {
            parts.forEach(this::drop);
        }
        drop(name);
        rules.put(name, adds);
        removals += adds ? 0 : 1;
        int bar = name.indexOf('|');
        if (bar > 0) {
            partRules
                    .computeIfAbsent(name.substring(0, bar), any -> new LinkedHashSet<>())
                    .add(name);
        }
        changes = -1;
    }

    private void drop(String name) {
        Boolean adds = rules.remove(name);
        removals -= adds != null && !adds ? 1 : 0;
    }

    /** Whether all commands are allowed, those that will come with plugins too. */
    boolean allowAll() {
        return all && removals == 0;
    }

    /** Whether a command may be run with its arguments. */
    boolean allow(AclCommand command, Args args) {
        if (changes != commands.changes()) {
            refresh();
        }
        int id = command.id();
        if ((bits[id >> 6] >>> id & 1) != 0) {
            return true;
        }
        List<String> allowed = firstArguments.get(id);
        return allowed != null && allowsFirstArgument(allowed, args);
    }

    private static boolean allowsFirstArgument(List<String> allowed, Args args) {
        boolean found = false;
        for (int i = 0; i < allowed.size() && args.count() > 1 && !found; i++) {
            found = args.is(1, allowed.get(i));
        }
        return found;
    }

    /** The rules, with all or none in front, as they can be given again. */
    String describe() {
        StringBuilder text = new StringBuilder(all ? "+@all" : "-@all");
        rules.forEach((name, adds) -> text.append(adds ? " +" : " -").append(name));
        return text.toString();
    }

    // ---- what the rules mean ----

    private void refresh() {
        bits = new long[(commands.ids() + 63) / 64];
        firstArguments = new ArrayList<>(Collections.nCopies(commands.ids(), null));
        if (all) {
            Arrays.fill(bits, -1);
        }
        rules.forEach(this::apply);
        changes = commands.changes();
    }

    private void apply(String name, boolean adds) {
        if (name.charAt(0) == '@') {
            applyCategory(name.substring(1), adds);
            return;
        }
        AclCommand command = commands.named(name);
        if (command != null) {
            mark(command, adds);
            return;
        }
        int bar = name.indexOf('|');
        AclCommand whole = bar < 0 ? null : commands.command(name.substring(0, bar));
        if (whole != null && whole.parts().isEmpty()) {
            addFirstArgument(whole.id(), name.substring(bar + 1));
        }
    }

    private void addFirstArgument(int id, String argument) {
        List<String> known = firstArguments.get(id);
        if (known == null) {
            known = new ArrayList<>();
            firstArguments.set(id, known);
        }
        known.add(argument);
    }

    private void applyCategory(String category, boolean adds) {
        for (AclCommand command : commands.all()) {
            if (command.isIn(category)) {
                mark(command, adds);
            }
            for (AclCommand part : command.parts()) {
                if (part.isIn(category)) {
                    mark(part, adds);
                }
            }
        }
    }

    /** A command goes with all its sub-commands, and first arguments do not matter any more. */
    private void mark(AclCommand command, boolean allowed) {
        int id = command.id();
        if (allowed) {
            bits[id >> 6] |= 1L << id;
        } else {
            bits[id >> 6] &= ~(1L << id);
        }
        firstArguments.set(id, null);
        for (AclCommand part : command.parts()) {
            mark(part, allowed);
        }
    }
}
