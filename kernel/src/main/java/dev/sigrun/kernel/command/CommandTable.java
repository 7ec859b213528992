// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.memory.Memory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds commands by name, without regard to case and without making a string: open addressing over
 * a hash of the first eight bytes. Owner thread only.
 */
public final class CommandTable {
    private static final long LOWER = 0x2020202020202020L;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private Command[] slots = new Command[16];
    private byte[][] names = new byte[16][];
    private int size;
    private int version;

    /** Commands that clients know by another name or not at all, by their own names. */
    private final Map<String, Command> renamed = new HashMap<>();

    /** The command whose name is in memory, or null. */
    public Command find(long name, int length) {
        if (length == 0) {
            return null;
        }
        int mask = slots.length - 1;
        int at = spread(head(name, length), length) & mask;
        while (slots[at] != null) {
            if (matches(names[at], name, length)) {
                return slots[at];
            }
            at = at + 1 & mask;
        }
        return null;
    }

    /** The command with a name, or null. */
    public Command find(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        for (Command command : slots) {
            if (command != null && command.calledName().equals(wanted)) {
                return command;
            }
        }
        return null;
    }

    /**
     * The command whose name is in memory, or null. A stream of effects may name commands as
     * clients must, or as they were named at first: the server itself adds some, and a file may be
     * older than the name.
     */
    Command findInStream(long name, int length) {
        Command called = find(name, length);
        if (called != null || renamed.isEmpty()) {
            return called;
        }
        byte[] text = new byte[length];
        Memory.copy(name, text, 0, length);
        return renamed.get(new String(text, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT));
    }

    /** The commands that {@code rename-command} has left without a name. */
    Collection<Command> nameless() {
        return renamed.values().stream().filter(command -> command.calledName() == null).toList();
    }

    /** All commands, in no particular order. */
    public Collection<Command> all() {
        List<Command> all = new ArrayList<>(size);
        for (Command command : slots) {
            if (command != null) {
                all.add(command);
            }
        }
        return all;
    }

    /** Microseconds spent in all commands and their sub-commands; makes no garbage. */
    public long micros() {
        long sum = 0;
        if (size > 0) {
            for (Command command : slots) {
                if (command != null) {
                    sum += command.micros() + command.subcommands().micros();
                }
            }
        }
        return sum;
    }

    /** Number of commands. */
    public int size() {
        return size;
    }

    /** Changes whenever a command comes or goes. */
    int version() {
        return version;
    }

    void add(Command command) {
        version++;
        if ((size + 1) * 2 > slots.length) {
            rebuild(all(), slots.length * 2);
        }
        place(command);
    }

    /**
     * Adds a command under another name than its own.
     *
     * @param name in lower case; null to keep the command from clients
     */
    void addRenamed(Command command, String name) {
        command.calledName(name);
        renamed.put(command.name(), command);
        if (name == null) {
            version++;
        } else {
            add(command);
        }
    }

    void remove(Command command) {
        renamed.remove(command.name(), command);
        version++;
        Collection<Command> rest = all();
        rest.remove(command);
        rebuild(rest, slots.length);
    }

    private void rebuild(Collection<Command> commands, int capacity) {
        slots = new Command[capacity];
        names = new byte[capacity][];
        size = 0;
        for (Command command : commands) {
            place(command);
        }
    }

    private void place(Command command) {
        byte[] name = command.calledName().getBytes(StandardCharsets.ISO_8859_1);
        long head = 0;
        for (int i = 0; i < Math.min(name.length, 8); i++) {
            head |= (name[i] & 0xFFL) << 8 * i;
        }
        int mask = slots.length - 1;
        int at = spread(head, name.length) & mask;
        while (slots[at] != null) {
            at = at + 1 & mask;
        }
        slots[at] = command;
        names[at] = name;
        size++;
    }

    private static long head(long name, int length) {
        if (length >= 8) {
            return Memory.getLong(name);
        }
        if (length >= 4) {
            long low = Memory.getInt(name) & 0xFFFFFFFFL;
            long high = Memory.getInt(name + length - 4) & 0xFFFFFFFFL;
            return low | high << 8 * (length - 4);
        }
        long head = Memory.getByte(name) & 0xFFL;
        if (length > 1) {
            head |= (Memory.getShort(name + length - 2) & 0xFFFFL) << 8 * (length - 2);
        }
        return head;
    }

    private static int spread(long head, int length) {
        long used = length >= 8 ? LOWER : LOWER >>> 64 - 8 * length;
        return (int) (((head | used) + length) * MIX >>> 40);
    }

    private static boolean matches(byte[] own, long name, int length) {
        if (own.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            int c = Memory.getByte(name + i);
            if (c >= 'A' && c <= 'Z') {
                c += 'a' - 'A';
            }
            if (c != own[i]) {
                return false;
            }
        }
        return true;
    }
}
