// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.acl.FoundKeys;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the keys among the arguments of a command: what {@code COMMAND GETKEYS} answers, and what
 * access rules and routing go by. The specifications come first; where they cannot tell, or say
 * that the use of a key varies, the command's own finder does.
 *
 * <p>One instance holds the result of the last search and is used again and again, so that its
 * arrays are made once. Whatever the arguments are, no position lies outside of them. Confined to
 * its thread.
 */
public final class KeyPositions implements FoundKeys {
    /** Room kept between searches; a command with more keys gets its own. */
    private static final int KEPT = 256;

    private int[] positions = new int[16];
    private List<Set<KeySpec.Use>> uses = new ArrayList<>();
    private int count;

    /** Whether a command may have keys at all. */
    public static boolean mayExist(CommandSpec spec) {
        return spec.finder() != null || hasRealKeys(spec);
    }

    private static boolean hasRealKeys(CommandSpec spec) {
        for (KeySpec keys : spec.keys()) {
            if (!keys.uses().contains(KeySpec.Use.NOT_KEY)) {
                return true;
            }
        }
        return false;
    }

    /** Number of keys that the last search has found. */
    @Override
    public int count() {
        return count;
    }

    /** Position of a key among the arguments. */
    @Override
    public int position(int index) {
        return positions[index];
    }

    /** What the command does with a key; empty when that is not known. */
    @Override
    public Set<KeySpec.Use> uses(int index) {
        return uses.get(index);
    }

    /**
     * Searches a command, whose number of arguments must be right.
     *
     * @param args the whole command, its name at 0
     * @param withNotKeys whether arguments count that are only routed like keys
     * @return whether the arguments make sense; when not, nothing is found
     */
    @Override
    public boolean find(CommandSpec spec, Args args, boolean withNotKeys) {
        reset();
        CommandSpec.KeyFinder finder = spec.finder();
        boolean varies = finder != null && has(spec, KeySpec.Use.VARIABLE_FLAGS);
        if (hasRealKeys(spec) && !varies && bySpecs(spec, args, withNotKeys, false)) {
            return true;
        }
        if (finder != null && byFinder(spec, finder, args)) {
            return true;
        }
        clear();
        return false;
    }

    private void reset() {
        clear();
        if (positions.length > KEPT) {
            positions = new int[KEPT];
            uses = new ArrayList<>();
        }
    }

    private void clear() {
        count = 0;
        uses.clear();
    }

    private static boolean has(CommandSpec spec, KeySpec.Use use) {
        for (KeySpec keys : spec.keys()) {
            if (keys.uses().contains(use)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Searches by the specifications.
     *
     * @param partial whether to go on behind a specification that does not fit
     */
    private boolean bySpecs(CommandSpec spec, Args args, boolean withNotKeys, boolean partial) {
        clear();
        boolean fits = true;
        for (KeySpec keys : spec.keys()) {
            if (withNotKeys || !keys.uses().contains(KeySpec.Use.NOT_KEY)) {
                fits &= bySpec(keys, args);
                if (!fits && !partial) {
                    return false;
                }
            }
        }
        return fits;
    }

    private boolean bySpec(KeySpec keys, Args args) {
        if (keys.isUnknown()) {
            return false;
        }
        int first = keys.beginIndex();
        if (keys.beginKeyword() != null) {
            first = behindKeyword(keys, args);
            if (first == 0) {
                return true;
            }
        }
        boolean fits = keys.isCounted() ? counted(keys, first, args) : range(keys, first, args);
        return fits && !keys.uses().contains(KeySpec.Use.INCOMPLETE);
    }

    /** Position behind the keyword; 0 when it does not occur, or nothing could follow it. */
    private static int behindKeyword(KeySpec keys, Args args) {
        int from = keys.beginIndex();
        int step = from > 0 ? 1 : -1;
        int start = from > 0 ? from : Math.min(args.count() + from, args.count() - 1);
        int end = from > 0 ? args.count() - 1 : args.count();
        // Searching backwards, Valkey does not look at the first argument.
        int least = from > 0 ? 1 : 2;
        for (int i = start; i >= least && i < end; i += step) {
            if (args.is(i, keys.beginKeyword())) {
                return i + 1;
            }
        }
        return 0;
    }

    private boolean range(KeySpec keys, int first, Args args) {
        int last;
        if (keys.last() >= 0) {
            last = first + keys.last();
        } else if (keys.limit() == 0) {
            last = args.count() + keys.last();
        } else {
            last = first + (args.count() - first) / keys.limit() + keys.last();
        }
        return add(keys, first, last, args);
    }

    private boolean counted(KeySpec keys, int at, Args args) {
        if (at >= args.count()) {
            return false;
        }
        long number;
        try {
            number = args.longAt(at);
        } catch (CommandException notANumber) {
            return false;
        }
        // More keys than arguments cannot be, and products of what is left do not overflow.
        if (number < 1 || number > args.count()) {
            return false;
        }
        int first = at + keys.last();
        long last = first + (number - 1) * keys.step();
        return last < args.count() && add(keys, first, (int) last, args);
    }

    private boolean add(KeySpec keys, int first, int last, Args args) {
        if (first < 1 || last < first || last >= args.count()) {
            return false;
        }
        int step = Math.max(keys.step(), 1);
        for (int i = first; i <= last; i += step) {
            add(i, keys.uses());
        }
        return true;
    }

    private void add(int position, Set<KeySpec.Use> use) {
        if (count == positions.length) {
            positions = Arrays.copyOf(positions, count * 2);
        }
        positions[count] = position;
        uses.add(use);
        count++;
    }

    /**
     * Takes what a finder found, behind what the specifications find, and then drops the latter.
     */
    private boolean byFinder(CommandSpec spec, CommandSpec.KeyFinder finder, Args args) {
        int[] found = finder.positions(args);
        if (found == null) {
            return false;
        }
        bySpecs(spec, args, true, true);
        int known = count;
        for (int position : found) {
            if (position < 1 || position >= args.count()) {
                return false;
            }
            Set<KeySpec.Use> own = finder.uses(args, position);
            add(position, own.isEmpty() ? ofKey(fittingUses(spec, position, known)) : own);
        }
        count -= known;
        System.arraycopy(positions, known, positions, 0, count);
        uses.subList(0, known).clear();
        return true;
    }

    /** Without what is said of the specification rather than of the key. */
    private static Set<KeySpec.Use> ofKey(Set<KeySpec.Use> specified) {
        if (!specified.contains(KeySpec.Use.VARIABLE_FLAGS)
                && !specified.contains(KeySpec.Use.INCOMPLETE)) {
            return specified;
        }
        Set<KeySpec.Use> uses = EnumSet.copyOf(specified);
        uses.remove(KeySpec.Use.VARIABLE_FLAGS);
        uses.remove(KeySpec.Use.INCOMPLETE);
        return uses;
    }

    /** What the last of the first specifications that found a key says of it. */
    private Set<KeySpec.Use> fittingUses(CommandSpec spec, int position, int known) {
        for (int i = known - 1; i >= 0; i--) {
            if (positions[i] == position) {
                return uses.get(i);
            }
        }
        return vagueUses(spec);
    }

    /** What the specification says that stands for keys which cannot be described. */
    private static Set<KeySpec.Use> vagueUses(CommandSpec spec) {
        for (KeySpec keys : spec.keys()) {
            if (keys.isUnknown() || keys.uses().contains(KeySpec.Use.INCOMPLETE)) {
                return keys.uses();
            }
        }
        return Set.of();
    }
}
