// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config.file;

import dev.sigrun.kernel.config.ClusterParameters;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.ConfigFiles;
import dev.sigrun.kernel.config.Directives;
import dev.sigrun.kernel.config.MonitoringParameters;
import dev.sigrun.kernel.config.Parameter;
import dev.sigrun.kernel.config.PersistenceParameters;
import dev.sigrun.kernel.config.ReplicationParameters;
import dev.sigrun.kernel.config.text.ByteText;
import dev.sigrun.kernel.config.text.Errno;
import dev.sigrun.kernel.config.text.GlobPattern;
import dev.sigrun.kernel.config.text.Words;
import dev.sigrun.kernel.config.value.ConfigRejected;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration at start: the file, standard input, then the options of the command line,
 * of which the last word on a directive counts. Owner thread, once.
 *
 * <p>Directives that other parts of the server act on are collected in order: users, renamed
 * commands, modules, and what is for a sentinel. Values for parameters of plugins, which have a dot
 * in their name, wait in the {@link Config} until the plugin registers them.
 */
public final class ConfigLoader {
    private static final Logger log = LoggerFactory.getLogger(ConfigLoader.class);
    private static final int INCLUDE_DEPTH_MAX = 16;
    private static final int INCLUDE_COUNT_MAX = 10_000;

    private final Config config;
    private final ConfigFiles files;
    private final InputStream input;
    private final List<Directive> users = new ArrayList<>();
    private final List<Directive> modules = new ArrayList<>();
    private final List<Directive> renames = new ArrayList<>();
    private final List<Directive> sentinels = new ArrayList<>();
    private Path configFile;
    private boolean sentinelMode;
    private boolean saveSeen;
    private int depth;
    private int includes;

    public ConfigLoader(Config config, ConfigFiles files, InputStream input) {
        this.config = config;
        this.files = files;
        this.input = input;
    }

    public void load(CommandLine line) throws ConfigError {
        sentinelMode = line.mode() == CommandLine.Mode.SENTINEL;
        if (line.words().isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder();
        if (line.configFile() != null) {
            configFile = resolve(files.workingDirectory(), line.configFile());
            appendFiles(text, configFile);
        }
        if (line.fromInput()) {
            appendInput(text);
        }
        read(text.append('\n').append(line.options()).toString());
    }

    /** The absolute path of the file CONFIG REWRITE is to rewrite, or null. */
    public Path configFile() {
        return configFile;
    }

    /** The lines {@code user name rule...}. */
    public List<Directive> users() {
        return users;
    }

    /** The lines {@code loadmodule path argument...}. */
    public List<Directive> modules() {
        return modules;
    }

    /** The lines {@code rename-command old new}, where an empty new name removes the command. */
    public List<Directive> renames() {
        return renames;
    }

    /** The lines {@code sentinel ...}, in sentinel mode only. */
    public List<Directive> sentinels() {
        return sentinels;
    }

    private static Path resolve(Path base, String name) throws ConfigError {
        try {
            return base.resolve(name).normalize();
        } catch (InvalidPathException malformed) {
            throw ConfigError.unreadable(name, "No such file or directory");
        }
    }

    private void appendFiles(StringBuilder text, Path file) throws ConfigError {
        if (GlobPattern.isPattern(file.toString())) {
            for (Path each : new Includes(files).matching(file)) {
                append(text, each);
            }
        } else {
            append(text, file);
        }
    }

    private void append(StringBuilder text, Path file) throws ConfigError {
        try {
            text.append(ByteText.fromBytes(files.read(file)));
        } catch (IOException unreadable) {
            throw ConfigError.unreadable(file.toString(), Errno.text(unreadable));
        }
    }

    private void appendInput(StringBuilder text) throws ConfigError {
        log.info("Reading config from stdin");
        try {
            text.append(ByteText.fromBytes(input.readAllBytes()));
        } catch (IOException unreadable) {
            throw ConfigError.unreadable("-", Errno.text(unreadable));
        }
    }

    private void read(String text) throws ConfigError {
        int number = 0;
        int from = 0;
        while (from <= text.length()) {
            int to = text.indexOf('\n', from);
            to = to < 0 ? text.length() : to;
            number++;
            String line = Words.trim(text.substring(from, to));
            if (!line.isEmpty() && line.charAt(0) != '#') {
                readLine(number, line);
            }
            from = to + 1;
        }
        checkAll();
    }

    private void readLine(int number, String line) throws ConfigError {
        List<String> words = Words.split(line);
        if (words == null) {
            throw ConfigError.at(
                    new Directive(number, line, List.of()),
                    "Unbalanced quotes in configuration line");
        }
        if (words.isEmpty()) {
            return;
        }
        words.set(0, Words.lower(words.get(0)));
        Directive directive = new Directive(number, line, List.copyOf(words));
        Parameter parameter = config.find(words.get(0));
        if (parameter != null) {
            set(directive, parameter);
        } else if (words.size() != 2 || !Directives.ignored().contains(words.get(0))) {
            obey(directive);
        }
    }

    private void set(Directive directive, Parameter parameter) throws ConfigError {
        List<String> values = directive.words().subList(1, directive.words().size());
        if (!parameter.takesSeveralWords() && values.size() != 1) {
            throw directive.refused("wrong number of arguments");
        }
        if (parameter.takesSeveralWords() && values.size() == 1 && !values.get(0).isEmpty()) {
            // A single word may hold all of them: --save "60 1000".
            List<String> parts = Words.split(values.get(0));
            values = parts == null ? List.of() : parts;
        }
        if (parameter == PersistenceParameters.SAVE && !saveSeen) {
            // Several lines add up, but the first one replaces the default.
            saveSeen = true;
            config.store(PersistenceParameters.SAVE, List.of());
        }
        try {
            config.load(parameter, values);
        } catch (ConfigRejected refused) {
            throw directive.refused(refused.getMessage());
        }
    }

    private void obey(Directive directive) throws ConfigError {
        List<String> words = directive.words();
        int count = words.size();
        String name = words.get(0);
        if (name.equals("include") && count == 2) {
            include(directive);
        } else if (name.equals("rename-command") && count == 3) {
            renames.add(directive);
        } else if (name.equals("user") && count >= 2) {
            users.add(directive);
        } else if (name.equals("loadmodule") && count >= 2) {
            modules.add(directive);
        } else if (name.indexOf('.') >= 0) {
            if (count < 2) {
                throw directive.refused("Module config specified without value");
            }
            config.addPendingModuleValue(name, String.join(" ", words.subList(1, count)));
        } else if (name.equals("sentinel")) {
            obeySentinel(directive);
        } else {
            throw directive.refused("Bad directive or wrong number of arguments");
        }
    }

    private void obeySentinel(Directive directive) throws ConfigError {
        if (directive.words().size() > 1) {
            if (!sentinelMode) {
                throw directive.refused("sentinel directive while not in sentinel mode");
            }
            sentinels.add(directive);
        }
    }

    /** Valkey follows an include that includes itself until its stack ends; here it is refused. */
    private void include(Directive directive) throws ConfigError {
        if (depth == INCLUDE_DEPTH_MAX || includes == INCLUDE_COUNT_MAX) {
            throw directive.refused("Too many nested includes");
        }
        depth++;
        includes++;
        StringBuilder text = new StringBuilder();
        appendFiles(text, resolve(config.directory(), ByteText.toPeople(directive.words().get(1))));
        read(text.toString());
        depth--;
    }

    private void checkAll() throws ConfigError {
        String logFile = config.text(MonitoringParameters.LOGFILE);
        if (!logFile.isEmpty()) {
            try {
                files.checkAppendable(config.directory().resolve(logFile));
            } catch (IOException impossible) {
                throw ConfigError.afterAll("Can't open the log file: " + Errno.text(impossible));
            } catch (InvalidPathException malformed) {
                throw ConfigError.afterAll("Can't open the log file: Invalid argument");
            }
        }
        boolean cluster = config.booleanValue(ClusterParameters.CLUSTER_ENABLED);
        boolean replica = !config.value(ReplicationParameters.REPLICAOF).isNone();
        if (cluster && replica) {
            throw ConfigError.afterAll("replicaof directive not allowed in cluster mode");
        }
    }
}
