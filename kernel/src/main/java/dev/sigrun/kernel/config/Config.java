// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

import dev.sigrun.kernel.config.text.ByteText;
import dev.sigrun.kernel.config.text.Errno;
import dev.sigrun.kernel.config.text.GlobPattern;
import dev.sigrun.kernel.config.text.Words;
import dev.sigrun.kernel.config.value.ConfigRejected;
import dev.sigrun.kernel.config.value.RewriteLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;

/**
 * The values of all parameters of one server. Owner thread changes them; any thread may read.
 *
 * <p>A read is an array access: {@code config.longValue(MAXMEMORY)}. Code on the hot path copies
 * what it needs into a field of its own and refreshes it from a listener ({@link #onChange}).
 *
 * <p>A change has two phases, for CONFIG SET takes several parameters and is all or nothing. First
 * all values are set and judged, by the parameters themselves and by validators; then the listeners
 * act. Whoever objects, in either phase, makes all old values return; listeners that had been told
 * of the new ones are told again.
 *
 * <p>All text here has one char per byte; see {@link ByteText}. Only {@link #text} returns what
 * people would read.
 */
public final class Config {
    private static final int HZ_MAX = 500;
    private static final long BACKLOG_BYTES_MIN = 16L << 10;

    private final ConfigFiles files;
    private final Values values = new Values(Directives.builtIn().size());
    private final Map<String, Parameter> byName = new HashMap<>(512);
    private final Map<Parameter, List<Runnable>> listeners = new HashMap<>();
    private final Map<Parameter, List<Validator>> validators = new HashMap<>();
    private final Map<String, String> pending = new LinkedHashMap<>();
    private final Queue<Integer> freeSlots = new ArrayDeque<>();
    private int slots = Directives.builtIn().size();

    public Config(ConfigFiles files) {
        this.files = files;
        for (Parameter parameter : Directives.builtIn()) {
            parameter.reset(values);
            addNames(parameter);
        }
        String directory = files.workingDirectory().toString();
        values.objects[ServerParameters.DIR.slot()] = ByteText.fromPeople(directory);
        onChange(ConnectionParameters.RDMA_PORT, Config::refuseRdma);
        onChange(ConnectionParameters.RDMA_BIND, Config::refuseRdma);
    }

    public boolean booleanValue(BooleanParameter parameter) {
        return values.numbers[parameter.slot()] != 0;
    }

    public long longValue(LongParameter parameter) {
        return values.numbers[parameter.slot()];
    }

    public int intValue(LongParameter parameter) {
        return (int) values.numbers[parameter.slot()];
    }

    /** The word chosen, in the spelling of the table. */
    public String choice(EnumParameter parameter) {
        return parameter.name(values.numbers[parameter.slot()]);
    }

    /** The index of the word chosen, or the bits of the words; compare {@link EnumParameter}. */
    public long code(EnumParameter parameter) {
        return values.numbers[parameter.slot()];
    }

    /** The text as people read it, or null where the directive is absent. */
    public String text(TextParameter parameter) {
        String value = (String) values.objects[parameter.slot()];
        return value == null ? null : ByteText.toPeople(value);
    }

    /** The bytes of the text, or null where the directive is absent. */
    public byte[] bytes(TextParameter parameter) {
        String value = (String) values.objects[parameter.slot()];
        return value == null ? null : ByteText.toBytes(value);
    }

    public <T> T value(ValueParameter<T> parameter) {
        return parameter.in(values);
    }

    /** The value of the directive dir, against which all relative names are resolved. */
    public Path directory() {
        return Path.of(ByteText.toPeople(value(ServerParameters.DIR)));
    }

    /** The value as CONFIG GET shows it. */
    public String print(Parameter parameter) {
        return parameter.print(values);
    }

    /** The parameter of that name or older name, in any case, or null. */
    public Parameter find(String name) {
        return byName.get(Words.lower(name));
    }

    /** All parameters, the built-in ones first and then those of plugins. */
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>(Directives.builtIn());
        for (Parameter parameter : byName.values()) {
            if (parameter.slot() >= Directives.builtIn().size()) {
                all.add(parameter);
            }
        }
        all.subList(Directives.builtIn().size(), all.size())
                .sort((a, b) -> Integer.compare(a.slot(), b.slot()));
        return all;
    }

    /** Answers CONFIG GET: names, as asked for or matched, with their values, in order. */
    public Map<String, String> get(List<String> patterns) {
        Map<String, String> found = new TreeMap<>();
        Map<String, Parameter> seen = new HashMap<>();
        for (String pattern : patterns) {
            if (GlobPattern.isPattern(pattern)) {
                getMatching(GlobPattern.caseless(pattern), found, seen);
            } else {
                Parameter parameter = find(pattern);
                if (parameter != null && seen.put(Words.lower(pattern), parameter) == null) {
                    found.put(pattern, parameter.print(values));
                }
            }
        }
        return found;
    }

    private void getMatching(
            GlobPattern pattern, Map<String, String> found, Map<String, Parameter> seen) {
        for (Map.Entry<String, Parameter> entry : byName.entrySet()) {
            Parameter parameter = entry.getValue();
            if (!parameter.is(Trait.HIDDEN)
                    && pattern.matches(entry.getKey())
                    && seen.putIfAbsent(entry.getKey(), parameter) == null) {
                found.put(entry.getKey(), parameter.print(values));
            }
        }
    }

    /**
     * Carries out CONFIG SET.
     *
     * @param pairs names and values, alternating
     * @param local whether the client is on this machine, for enable-protected-configs
     * @param loading whether the data set is being loaded
     * @return the whole error reply, beginning with its code, or null for OK
     */
    public String set(List<String> pairs, boolean local, boolean loading) {
        return new ConfigSet(this, values, local, loading).run(pairs);
    }

    /**
     * Sets one value from within the server, whatever its traits, and tells the listeners.
     *
     * @throws ConfigRejected with the old value in place
     */
    public void assign(Parameter parameter, String text) {
        new ConfigSet(this, values, true, false).assign(parameter, text);
    }

    /** Stores a value the server itself came to, without telling anyone. */
    public <T> void store(ValueParameter<T> parameter, T value) {
        values.objects[parameter.slot()] = value;
    }

    /**
     * Sets a value at start, from a file or the command line: no trait forbids it and no listener
     * hears of it.
     *
     * @throws ConfigRejected with Valkey's words
     */
    public void load(Parameter parameter, List<String> words) {
        parameter.parse(values, words, true);
        settle(parameter, true);
        validate(parameter);
    }

    /** Whether the value of the directive of that name must be kept out of logs. */
    public boolean isSensitive(String name) {
        Parameter parameter = find(name);
        return parameter != null && parameter.is(Trait.SENSITIVE);
    }

    /** Whether an action guarded by one of the enable-* directives is open to a client. */
    public boolean allows(EnumParameter guard, boolean local) {
        String choice = choice(guard);
        return choice.equals("yes") || (local && choice.equals("local"));
    }

    /**
     * Has the listener told whenever CONFIG SET has changed the value. The same listener given to
     * several parameters is told once per change. It objects by throwing {@link ConfigRejected}.
     */
    public void onChange(Parameter parameter, Runnable apply) {
        listeners.computeIfAbsent(parameter, any -> new ArrayList<>()).add(apply);
    }

    /** Tells a listener nothing more, whatever it was told of. */
    public void forget(Runnable apply) {
        listeners.values().forEach(told -> told.remove(apply));
    }

    /** Has the validator judge new values of the parameter, from start-up on. */
    public void validator(Parameter parameter, Validator validator) {
        validators.computeIfAbsent(parameter, any -> new ArrayList<>()).add(validator);
    }

    /**
     * Adds a plugin's parameter, whose name is the plugin's, a dot, and the rest. A value that was
     * given before the plugin came is taken up now.
     *
     * @throws ConfigRejected where the name is taken or the waiting value is refused; the parameter
     *     is not registered then
     */
    public void register(Parameter parameter) {
        if (byName.containsKey(parameter.name())) {
            throw new ConfigRejected("parameter " + parameter.name() + " is registered already");
        }
        Integer freed = freeSlots.poll();
        parameter.bind(freed == null ? slots++ : freed);
        values.growTo(slots);
        parameter.reset(values);
        addNames(parameter);
        String waiting = pending.remove(parameter.name());
        if (waiting != null) {
            try {
                load(parameter, wordsOf(parameter, waiting));
            } catch (ConfigRejected refused) {
                remove(parameter);
                throw refused;
            }
        }
    }

    /** Removes all parameters of a plugin, with their listeners. */
    public void unregister(String owner) {
        String prefix = Words.lower(owner) + ".";
        for (Parameter parameter : parameters()) {
            if (parameter.name().startsWith(prefix)) {
                remove(parameter);
            }
        }
    }

    /** Keeps a value for a plugin's parameter until the plugin registers it. The last one wins. */
    public void addPendingModuleValue(String name, String value) {
        pending.put(Words.lower(name), value);
    }

    /** The values nobody has claimed. Where any are left after start, their plugin is missing. */
    public Map<String, String> pendingModuleValues() {
        return Map.copyOf(pending);
    }

    /** The lines that say the value in a file; none where it must not be in one. */
    public List<RewriteLine> rewriteLines(Parameter parameter) {
        if (parameter == ReplicationParameters.REPLICAOF
                && booleanValue(ClusterParameters.CLUSTER_ENABLED)) {
            return List.of();
        }
        return parameter.lines(values);
    }

    List<Runnable> listeners(Parameter parameter) {
        return listeners.getOrDefault(parameter, List.of());
    }

    void validate(Parameter parameter) {
        for (Validator validator : validators.getOrDefault(parameter, List.of())) {
            String complaint = validator.complaint(this);
            if (complaint != null) {
                throw new ConfigRejected(complaint);
            }
        }
    }

    /** Brings a value that was just read into the shape the server keeps it in. */
    void settle(Parameter parameter, boolean loading) {
        if (parameter == ServerParameters.DIR) {
            checkDirectory();
        } else if (parameter == ServerParameters.HZ) {
            clamp(parameter, 1, HZ_MAX);
        } else if (parameter == ReplicationParameters.REPL_BACKLOG_SIZE && !loading) {
            clamp(parameter, BACKLOG_BYTES_MIN, Long.MAX_VALUE);
        }
    }

    private void clamp(Parameter parameter, long min, long max) {
        int slot = parameter.slot();
        values.numbers[slot] = Math.clamp(values.numbers[slot], min, max);
    }

    /** The words of a value that came as one text, as CONFIG SET splits it. */
    static List<String> wordsOf(Parameter parameter, String text) {
        return parameter.takesSeveralWords() ? Words.splitAtSpaces(text) : List.of(text);
    }

    private void checkDirectory() {
        try {
            files.checkDirectory(directory());
        } catch (IOException impossible) {
            throw new ConfigRejected(Errno.text(impossible));
        }
    }

    private void addNames(Parameter parameter) {
        byName.put(parameter.name(), parameter);
        if (parameter.alias() != null) {
            byName.put(parameter.alias(), parameter);
        }
    }

    private void remove(Parameter parameter) {
        byName.remove(parameter.name());
        byName.remove(parameter.alias());
        listeners.remove(parameter);
        validators.remove(parameter);
        values.objects[parameter.slot()] = null;
        freeSlots.add(parameter.slot());
        parameter.unbind();
    }

    private static void refuseRdma() {
        throw new ConfigRejected("No RDMA building support.");
    }
}
