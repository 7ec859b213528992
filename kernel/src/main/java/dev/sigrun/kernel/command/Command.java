// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.acl.AclCommand;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;
import java.util.Set;

/**
 * A command in the table: what its specification says, boiled down to what dispatch needs, and its
 * statistics. Owner thread only.
 */
public final class Command {
    private static final Set<String> NEVER_QUEUED = Set.of("exec", "discard", "quit", "reset");

    private static final Set<String> FOR_SUBSCRIBERS =
            Set.of(
                    "subscribe",
                    "unsubscribe",
                    "psubscribe",
                    "punsubscribe",
                    "ssubscribe",
                    "sunsubscribe",
                    "ping",
                    "quit",
                    "reset");

    private final String owner;
    private final CommandSpec spec;
    private final CommandHandler handler;
    private final Command container;
    private final String fullName;
    private String calledName;
    private final Set<String> categories;
    private final AclCommand access;
    private final CommandTable subcommands = new CommandTable();
    private final int firstKey;
    private final int arity;

    final boolean isWrite;
    final boolean isDenyOom;
    final boolean isNoAuth;
    final boolean isQuick;
    final boolean mayReplicate;
    final boolean touchesArbitraryKeys;
    final boolean isNoMulti;
    final boolean isExec;
    final boolean isPing;

    /** Whether what the command reads is remembered for a client that keeps it. */
    final boolean isRead;

    /** Whether the command runs even while another one holds the server for long. */
    final boolean isAllowedWhenBusy;

    /** Whether the command runs a script, and so is shown before what that runs. */
    final boolean runsScript;

    /** Whether clients that monitor are shown the command. */
    final boolean isMonitored;

    /** Whether a subscriber of RESP2 may send it, which gets messages in the place of replies. */
    final boolean isForSubscribers;

    /** Whether its replies are messages, which a client hears that wants no replies. */
    final boolean answersByMessages;

    /** Whether the command logs may show it. */
    final boolean isLogged;

    /** The latency monitor's name for times of such a command. */
    final String latencyEvent;

    /** Whether the command runs at once although a transaction is being queued. */
    final boolean isNeverQueued;

    /** How often the command ran. */
    long calls;

    /** Time spent in it. */
    long nanos;

    /** How often it was refused before it ran. */
    long rejectedCalls;

    /** How often it answered with an error. */
    long failedCalls;

    /** How long it took, kept when latency tracking is on and it has run. */
    LatencyHistogram latency;

    /**
     * Makes a command.
     *
     * @param id a small number that commands of this name always have
     */
    Command(int id, String owner, CommandSpec spec, CommandHandler handler, Command container) {
        this.owner = owner;
        this.spec = spec;
        this.handler = handler;
        this.container = container;
        this.fullName = container == null ? spec.name() : container.name() + "|" + spec.name();
        this.calledName = spec.name();
        this.categories = Categories.of(spec);
        this.access =
                new AclCommand(
                        id,
                        fullName,
                        spec,
                        categories,
                        container == null ? null : container.access,
                        KeyPositions.mayExist(spec));
        this.arity = spec.arity();
        Set<CommandFlag> flags = spec.flags();
        this.isWrite = flags.contains(CommandFlag.WRITE);
        this.isDenyOom = flags.contains(CommandFlag.DENYOOM);
        this.isNoAuth = flags.contains(CommandFlag.NO_AUTH);
        this.isQuick = flags.contains(CommandFlag.FAST) && !flags.contains(CommandFlag.BLOCKING);
        this.mayReplicate = flags.contains(CommandFlag.MAY_REPLICATE);
        this.touchesArbitraryKeys = flags.contains(CommandFlag.TOUCHES_ARBITRARY_KEYS);
        this.isLogged = !flags.contains(CommandFlag.SKIP_COMMANDLOG);
        this.latencyEvent = flags.contains(CommandFlag.FAST) ? "fast-command" : "command";
        boolean runsScripts = spec.categories().contains("scripting");
        this.isRead =
                flags.contains(CommandFlag.READONLY)
                        && !runsScripts
                        && !flags.contains(CommandFlag.PUBSUB);
        this.isAllowedWhenBusy = flags.contains(CommandFlag.ALLOW_BUSY);
        this.isNoMulti = flags.contains(CommandFlag.NO_MULTI);
        boolean isKernels = owner.equals(Registry.KERNEL) && container == null;
        this.isExec = isKernels && spec.name().equals("exec");
        this.isPing = isKernels && spec.name().equals("ping");
        this.isForSubscribers = isKernels && FOR_SUBSCRIBERS.contains(spec.name());
        this.answersByMessages = isForSubscribers && flags.contains(CommandFlag.PUBSUB);
        this.runsScript = runsScripts && flags.contains(CommandFlag.SKIP_MONITOR);
        this.isMonitored =
                !flags.contains(CommandFlag.ADMIN)
                        && (!flags.contains(CommandFlag.SKIP_MONITOR) || runsScript);
        this.isNeverQueued = isKernels && NEVER_QUEUED.contains(spec.name());
        this.firstKey = fixedFirstKey(spec);
    }

    private static int fixedFirstKey(CommandSpec spec) {
        if (spec.keys().isEmpty()) {
            return 0;
        }
        KeySpec first = spec.keys().get(0);
        boolean fixed = !first.isUnknown() && !first.isCounted() && first.beginKeyword() == null;
        return fixed ? first.beginIndex() : 0;
    }

    /** Who registered the command. */
    public String owner() {
        return owner;
    }

    /** The specification. */
    public CommandSpec spec() {
        return spec;
    }

    CommandHandler handler() {
        return handler;
    }

    /** The command that this one is a sub-command of, or null. */
    public Command container() {
        return container;
    }

    /** The name in lower case, without the container's. */
    public String name() {
        return spec.name();
    }

    /** What clients call it: its name, or what {@code rename-command} has made of that. */
    String calledName() {
        return calledName;
    }

    void calledName(String newName) {
        calledName = newName;
    }

    /** The name as {@code COMMAND} and errors show it, for example {@code config|get}. */
    public String fullName() {
        return fullName;
    }

    /** All ACL categories, without the at sign. */
    public Set<String> categories() {
        return categories;
    }

    /** What access rules go by. */
    public AclCommand access() {
        return access;
    }

    /** The sub-commands; empty for most. */
    public CommandTable subcommands() {
        return subcommands;
    }

    /** The sub-command that the second argument names; the command itself when there is none. */
    Command meant(ArgsView args) {
        if (subcommands.size() == 0 || args.count() < 2) {
            return this;
        }
        Command sub = subcommands.find(args.address(1), args.length(1));
        return sub == null ? this : sub;
    }

    /** Position of the first key when that is fixed, else 0. */
    int firstKey() {
        return firstKey;
    }

    /** Whether so many arguments, name included, may be right. */
    public boolean acceptsCount(int count) {
        return arity >= 0 ? count == arity : count >= -arity;
    }

    /** How often the command ran. */
    public long calls() {
        return calls;
    }

    /** Microseconds spent in it. */
    public long micros() {
        return nanos / 1000;
    }

    /** How often it was refused before it ran. */
    public long rejectedCalls() {
        return rejectedCalls;
    }

    /** How often it answered with an error. */
    public long failedCalls() {
        return failedCalls;
    }

    /** How long it took; null when that was not tracked. */
    public LatencyHistogram latency() {
        return latency;
    }

    /** Zeroes the statistics, of the sub-commands too. */
    public void resetStats() {
        calls = 0;
        nanos = 0;
        rejectedCalls = 0;
        failedCalls = 0;
        latency = null;
        for (Command sub : subcommands.all()) {
            sub.resetStats();
        }
    }
}
