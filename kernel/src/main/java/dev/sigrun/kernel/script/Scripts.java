// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.script;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.base.Slice;
import dev.sigrun.kernel.command.Dispatcher;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.loop.BusyLoop;
import dev.sigrun.kernel.rdb.RdbOutput;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.memory.MemoryExhausted;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.script.ScriptEngine;
import dev.sigrun.spi.script.ScriptFlag;
import dev.sigrun.spi.script.ScriptFunction;
import dev.sigrun.spi.script.ScriptKind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * All that has to do with scripts, as the commands and the rest of the server see it. Owner thread
 * only.
 */
public final class Scripts {
    /** How long the code of a library may take to register its functions. */
    private static final long LOAD_NANOS_MAX = 500_000_000;

    private static final int ARGUMENTS_BEFORE_KEYS = 3;

    private static final CommandException TOO_MANY_KEYS =
            CommandException.of("Number of keys can't be greater than number of args");
    private static final CommandException NEGATIVE_KEYS =
            CommandException.of("Number of keys can't be negative");
    private static final CommandException WRITE_FLAG =
            CommandException.of("Can not execute a script with write flag using *_ro command.");
    private static final CommandException OOM =
            new CommandException(
                    "OOM",
                    "allow-oom flag is not set on the script, can not run it when used memory >"
                            + " 'maxmemory'");

    /** There is no script with a SHA-1. */
    static final CommandException NO_SCRIPT =
            new CommandException("NOSCRIPT", "No matching script.");

    private final Store store;
    private final Clock clock;
    private final Dispatcher dispatcher;
    private final Engines engines = new Engines();
    private final ScriptCache cache;
    private final RunningScript running;
    private final Libraries libraries = new Libraries(engines);
    private final MessageDigest sha1;
    private boolean compression = true;

    /** Of one server. */
    public Scripts(Store store, Clock clock, Dispatcher dispatcher) {
        this.store = store;
        this.clock = clock;
        this.dispatcher = dispatcher;
        this.cache = new ScriptCache(store);
        this.running = new RunningScript(clock, dispatcher.scriptCommands());
        try {
            this.sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    /** The script that runs. */
    public RunningScript running() {
        return running;
    }

    /** Sets what keeps the server reachable while a script runs for long. */
    public void busyLoop(BusyLoop loop) {
        running.busyLoop(loop);
    }

    /**
     * Takes up the configuration.
     *
     * @param busyMillis {@code busy-reply-threshold}
     * @param compressed {@code rdbcompression}
     */
    public void configure(long busyMillis, boolean compressed) {
        running.busyMillis(busyMillis);
        compression = compressed;
    }

    // ---- engines ----

    /** Whether there is an engine of a name. */
    public boolean hasEngine(String name) {
        return engines.find(name) != null;
    }

    /** Adds an engine; there is none of its name. */
    public void add(ScriptEngine engine) {
        engines.add(engine);
    }

    /** Removes an engine with all its scripts and functions. */
    public void remove(ScriptEngine engine) {
        Engine leaving = engines.remove(engine);
        libraries.removeAll(leaving);
        cache.removeAll(leaving);
    }

    /** Names of the engines, in the order in which they came. */
    public List<String> engineNames() {
        List<String> names = new ArrayList<>();
        for (Engine engine : engines.all()) {
            names.add(engine.name);
        }
        return names;
    }

    /** Bytes that an engine takes for both kinds of scripts. */
    public long engineBytes(String name) {
        ScriptEngine code = engines.find(name).code;
        return code.memoryBytes(ScriptKind.EVAL) + code.memoryBytes(ScriptKind.FUNCTION);
    }

    Engines engines() {
        return engines;
    }

    // ---- figures ----

    /** Number of scripts in the cache. */
    public int cachedScripts() {
        return cache.size();
    }

    /** Scripts that had to leave the cache. */
    public long evictedScripts() {
        return cache.evicted();
    }

    /** Zeroes what {@code CONFIG RESETSTAT} zeroes. */
    public void resetStats() {
        cache.resetStats();
    }

    /** Number of functions. */
    public int functions() {
        return libraries.functions();
    }

    /** Number of libraries. */
    public int libraryCount() {
        return libraries.all().size();
    }

    /** Bytes that the engines take for one kind of scripts. */
    public long engineBytes(ScriptKind kind) {
        return engines.memoryBytes(kind);
    }

    /** Bytes that the cache takes beside the engines. */
    public long cacheBytes() {
        return cache.memoryBytes();
    }

    /** Bytes that libraries take beside the engines. */
    public long libraryBytes() {
        return libraries.memoryBytes();
    }

    // ---- the cache of EVAL ----

    ScriptCache cache() {
        return cache;
    }

    /** The script with a body, which is compiled when it is not known. */
    CachedScript compiled(Bytes body) throws CommandException {
        CachedScript script = cache.findBody(body);
        return script == null ? compile(body, sha(body), false) : script;
    }

    /** Makes a script known for good. */
    CachedScript loaded(Bytes body) throws CommandException {
        CachedScript script = cache.findBody(body);
        if (script == null) {
            return compile(body, sha(body), true);
        }
        cache.keep(script);
        return script;
    }

    private CachedScript compile(Bytes body, String sha, boolean stays) throws CommandException {
        ScriptHeader header = ScriptHeader.of(body);
        Engine engine = engines.find(header.engine());
        if (engine == null) {
            throw CommandException.of("Could not find scripting engine '" + header.engine() + "'");
        }
        try (Part code = new Part(body, header.length())) {
            ScriptFunction function =
                    engine.code.compile(ScriptKind.EVAL, code.bytes(), () -> true).get(0);
            try {
                return cache.add(sha, engine, function, header.flags(), body, stays);
            } catch (MemoryExhausted e) {
                function.release();
                throw e;
            }
        }
    }

    private String sha(Bytes body) {
        return HexFormat.of().formatHex(sha1.digest(body.copy()));
    }

    /** Forgets all scripts of EVAL, and what they have left behind in the engines. */
    public void flushCache() {
        cache.clear();
        engines.reset(ScriptKind.EVAL);
    }

    /** Forgets all scripts and functions, and gives back all memory that was kept for more. */
    public void forgetAll() {
        flushCache();
        flushLibraries();
        dispatcher.scriptCommands().free();
    }

    // ---- running ----

    void run(Execution execution, CachedScript script, int keys, boolean readOnlyCommand)
            throws CommandException {
        Set<ScriptFlag> flags = script.flags;
        boolean readOnly = readOnlyCommand;
        boolean allowOom = false;
        if (flags != null) {
            admit(execution, flags, readOnlyCommand);
            readOnly |= flags.contains(ScriptFlag.NO_WRITES);
            allowOom = flags.contains(ScriptFlag.ALLOW_OOM);
        } else {
            admitUnknown(execution);
        }
        run(execution, ScriptKind.EVAL, script.sha, script.function, keys, readOnly, allowOom);
        cache.used(script);
    }

    void run(Execution execution, LoadedFunction function, int keys, boolean readOnlyCommand)
            throws CommandException {
        Set<ScriptFlag> flags = function.code.flags();
        admit(execution, flags, readOnlyCommand);
        run(
                execution,
                ScriptKind.FUNCTION,
                function.name,
                function.code,
                keys,
                readOnlyCommand || flags.contains(ScriptFlag.NO_WRITES),
                flags.contains(ScriptFlag.ALLOW_OOM));
    }

    /** Whether a script may run that does not say what it does: each of its calls is looked at. */
    private void admitUnknown(Execution execution) throws CommandException {
        CommandException refused =
                dispatcher
                        .condition()
                        .refusalOfScript(false, false, execution.session().isReplicated());
        if (refused != null) {
            throw refused;
        }
    }

    /** Whether a script may run that says what it does. */
    private void admit(Execution execution, Set<ScriptFlag> flags, boolean readOnlyCommand)
            throws CommandException {
        boolean writes = !flags.contains(ScriptFlag.NO_WRITES);
        CommandException refused =
                dispatcher
                        .condition()
                        .refusalOfScript(
                                writes,
                                flags.contains(ScriptFlag.ALLOW_STALE),
                                execution.session().isReplicated());
        if (refused != null) {
            throw refused;
        }
        if (writes && readOnlyCommand) {
            throw WRITE_FLAG;
        }
        if (writes
                && !flags.contains(ScriptFlag.ALLOW_OOM)
                && dispatcher.scriptCommands().isOutOfMemory()) {
            throw OOM;
        }
    }

    private void run(
            Execution execution,
            ScriptKind kind,
            String name,
            ScriptFunction function,
            int keys,
            boolean readOnly,
            boolean allowOom) {
        execution.replication().nothing();
        running.begin(kind, name, execution, keys, readOnly, allowOom);
        try {
            function.run(running);
        } finally {
            running.end();
        }
    }

    /** The number of keys among the arguments of a command that runs a script. */
    static int keys(Args args, CommandException notANumber) throws CommandException {
        long keys = args.longAt(2, Long.MIN_VALUE, Long.MAX_VALUE, notANumber);
        if (keys > args.count() - ARGUMENTS_BEFORE_KEYS) {
            throw TOO_MANY_KEYS;
        }
        if (keys < 0) {
            throw NEGATIVE_KEYS;
        }
        return (int) keys;
    }

    /**
     * Whether what a command would run says of itself that it does not write. One that is not known
     * may write, and so may one that says nothing.
     */
    public boolean isReadOnly(Args args) {
        if (args.count() < 2) {
            return false;
        }
        Set<ScriptFlag> flags = null;
        if (args.is(0, "fcall")) {
            LoadedFunction function = libraries.function(args.bytes(1));
            flags = function == null ? null : function.code.flags();
        } else if (args.is(0, "evalsha")) {
            CachedScript script = args.bytes(1).length() == 40 ? cache.find(args.bytes(1)) : null;
            flags = script == null ? null : script.flags;
        } else if (args.is(0, "eval")) {
            try {
                flags = ScriptHeader.of(args.bytes(1)).flags();
            } catch (CommandException notUnderstood) {
                return false;
            }
        }
        return flags != null && flags.contains(ScriptFlag.NO_WRITES);
    }

    // ---- libraries ----

    Libraries libraries() {
        return libraries;
    }

    /** Adds a library. */
    Library loadLibrary(Bytes code, boolean replace, Session session) throws CommandException {
        return libraries.load(code, replace, patience(session));
    }

    /** How long the code of libraries may run: what a primary has run will end here as well. */
    private BooleanSupplier patience(Session session) {
        long since = clock.nanos();
        boolean obeyed = session.isReplicated();
        return () -> obeyed || clock.nanos() - since < LOAD_NANOS_MAX;
    }

    void flushLibraries() {
        libraries.forgetAll();
        engines.reset(ScriptKind.FUNCTION);
    }

    RdbOutput dumpLibraries() {
        return LibraryPayload.dump(libraries.all(), compression);
    }

    /**
     * Adds the libraries of a payload.
     *
     * @param flush whether those that are there go first
     * @param replace whether those of the same names go
     */
    void restoreLibraries(Bytes payload, boolean flush, boolean replace, Session session)
            throws CommandException {
        Libraries arriving = new Libraries(engines);
        try {
            LibraryPayload.load(store, payload, arriving, patience(session));
            if (flush) {
                libraries.clear();
            }
            libraries.takeAll(arriving, replace);
        } finally {
            arriving.clear();
        }
    }

    /**
     * Adds a library that has come with data.
     *
     * @param replace whether one of the same name goes
     * @throws CommandException when it does not compile or its names are taken
     */
    public void addLibrary(Bytes code, boolean replace) throws CommandException {
        Library _ = libraries.load(code, replace, () -> true);
    }

    /** Removes all libraries. */
    public void clearLibraries() {
        libraries.clear();
    }

    /** Writes all libraries, each with its opcode, as a file has them. */
    public void writeLibraries(RdbOutput out) {
        LibraryPayload.write(libraries.all(), out);
    }

    /**
     * Replaces all libraries by those that have come with data.
     *
     * @param codes their sources
     * @throws CommandException when one of them does not compile; nothing has changed then
     */
    public void replaceLibraries(List<byte[]> codes) throws CommandException {
        Libraries arriving = new Libraries(engines);
        try {
            for (byte[] code : codes) {
                try (Arena arena = Arena.ofConfined()) {
                    MemorySegment source = arena.allocate(Math.max(code.length, 1));
                    MemorySegment.copy(code, 0, source, ValueLayout.JAVA_BYTE, 0, code.length);
                    Slice view = new Slice().wrap(source.address(), code.length);
                    arriving.load(view, false, () -> true);
                }
            }
            libraries.clear();
            libraries.takeAll(arriving, false);
        } finally {
            arriving.clear();
        }
    }
}
