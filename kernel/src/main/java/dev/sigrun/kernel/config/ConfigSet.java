// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

import dev.sigrun.kernel.config.text.Words;
import dev.sigrun.kernel.config.value.ConfigRejected;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One CONFIG SET, owner thread. It checks all names, sets all values, then lets all listeners act;
 * a failure anywhere puts every slot back to what it held.
 */
final class ConfigSet {
    private static final Logger log = LoggerFactory.getLogger(ConfigSet.class);

    private final Config config;
    private final Values values;
    private final boolean local;
    private final boolean loading;
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Long> oldNumbers = new ArrayList<>();
    private final List<Object> oldObjects = new ArrayList<>();
    private boolean acting;

    ConfigSet(Config config, Values values, boolean local, boolean loading) {
        this.config = config;
        this.values = values;
        this.local = local;
        this.loading = loading;
    }

    String run(List<String> pairs) {
        if (pairs.size() % 2 != 0) {
            return "ERR syntax error";
        }
        String refusal = findAll(pairs);
        if (refusal != null) {
            return refusal;
        }
        String at = null;
        Map<Runnable, String> applies = new LinkedHashMap<>();
        try {
            for (int i = 0; i < parameters.size(); i++) {
                at = Words.lower(pairs.get(2 * i));
                setOne(parameters.get(i), pairs.get(2 * i + 1), at, applies);
            }
            acting = true;
            for (Map.Entry<Runnable, String> apply : applies.entrySet()) {
                at = apply.getValue();
                apply.getKey().run();
            }
            return null;
        } catch (ConfigRejected refused) {
            restore(applies);
            return failure(at, refused.getMessage());
        } catch (RuntimeException bug) {
            restore(applies);
            throw bug;
        }
    }

    void assign(Parameter parameter, String text) {
        parameters.add(parameter);
        Map<Runnable, String> applies = new LinkedHashMap<>();
        try {
            setOne(parameter, text, parameter.name(), applies);
            acting = true;
            for (Runnable apply : applies.keySet()) {
                apply.run();
            }
        } catch (RuntimeException refused) {
            restore(applies);
            throw refused;
        }
    }

    /** Finds and admits all parameters before anything is changed. */
    private String findAll(List<String> pairs) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            String given = pairs.get(i);
            String name = Words.lower(given);
            Parameter parameter = config.find(name);
            if (parameter == null) {
                return oneLine(
                        "ERR Unknown option or number of arguments for CONFIG SET - '"
                                + given
                                + "'");
            }
            if (parameter.is(Trait.IMMUTABLE)) {
                return failure(given, "can't set immutable config");
            }
            if (parameter.is(Trait.PROTECTED)
                    && !config.allows(SecurityParameters.ENABLE_PROTECTED_CONFIGS, local)) {
                return failure(given, "can't set protected config");
            }
            if (loading && parameter.is(Trait.DENY_LOADING)) {
                return "LOADING Valkey is loading the dataset in memory";
            }
            // A parameter may be given under both its names, but not under one of them twice.
            if (names.contains(name)) {
                return failure(given, "duplicate parameter");
            }
            names.add(name);
            parameters.add(parameter);
        }
        return null;
    }

    private void setOne(
            Parameter parameter, String text, String name, Map<Runnable, String> applies) {
        oldNumbers.add(values.numbers[parameter.slot()]);
        oldObjects.add(values.objects[parameter.slot()]);
        if (parameter.parse(values, Config.wordsOf(parameter, text), false)) {
            config.settle(parameter, false);
            config.validate(parameter);
            for (Runnable apply : config.listeners(parameter)) {
                applies.putIfAbsent(apply, name);
            }
        }
    }

    private void restore(Map<Runnable, String> applies) {
        for (int i = oldNumbers.size() - 1; i >= 0; i--) {
            values.numbers[parameters.get(i).slot()] = oldNumbers.get(i);
            values.objects[parameters.get(i).slot()] = oldObjects.get(i);
        }
        if (!acting) {
            return;
        }
        for (Runnable apply : applies.keySet()) {
            try {
                apply.run();
            } catch (ConfigRejected refused) {
                log.warn(
                        "Failed applying restored failed CONFIG SET command: {}",
                        refused.getMessage());
            }
        }
    }

    private static String failure(String name, String reason) {
        return oneLine(
                "ERR CONFIG SET failed (possibly related to argument '" + name + "') - " + reason);
    }

    /** An error reply is one line, whatever the client put into its words. */
    private static String oneLine(String reply) {
        return reply.replace('\r', ' ').replace('\n', ' ');
    }
}
