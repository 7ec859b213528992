// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import dev.sigrun.kernel.config.BooleanParameter;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.LongParameter;
import dev.sigrun.kernel.config.Parameter;
import dev.sigrun.kernel.config.TextParameter;
import dev.sigrun.kernel.config.Trait;
import dev.sigrun.kernel.config.value.ConfigRejected;
import dev.sigrun.kernel.plugin.Declaration;
import dev.sigrun.spi.admin.ConfigParam;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes plugins' parameters parameters of the configuration. Owner thread only. */
final class PluginParameters {
    private final Config config;

    /** What keeps plugins' copies of the server's own parameters current, by the plugin's id. */
    private final Map<String, List<Runnable>> readAlong = new HashMap<>();

    PluginParameters(Config config) {
        this.config = config;
    }

    void conflicts(Declaration declaration, List<String> problems) {
        for (Declaration.Parameter declared : declaration.parameters()) {
            if (config.find(declared.name()) != null) {
                problems.add("the parameter '" + declared.name() + "' exists already");
            }
        }
        for (ConfigParam<?> read : declaration.serverParameters()) {
            Parameter parameter = config.find(read.name());
            boolean isFlag = read.kind() == Boolean.class;
            if (isFlag && !(parameter instanceof BooleanParameter)) {
                problems.add("the server has no switch '" + read.name() + "'");
            } else if (!isFlag && !(parameter instanceof LongParameter)) {
                problems.add("the server has no integer parameter '" + read.name() + "'");
            }
        }
    }

    void add(Declaration declaration) {
        try {
            for (Declaration.Parameter declared : declaration.parameters()) {
                add(declared.name(), declared.parameter());
            }
        } catch (RuntimeException e) {
            remove(declaration);
            throw e;
        }
        List<Runnable> refreshing = new ArrayList<>();
        for (ConfigParam<?> read : declaration.serverParameters()) {
            Parameter parameter = config.find(read.name());
            Runnable refresh = refresh(read, parameter);
            refresh.run();
            config.onChange(parameter, refresh);
            refreshing.add(refresh);
        }
        readAlong.put(declaration.id(), refreshing);
    }

    @SuppressWarnings("unchecked") // The kind says what the parameter holds.
    private Runnable refresh(ConfigParam<?> read, Parameter parameter) {
        if (parameter instanceof BooleanParameter flag) {
            return () -> ((ConfigParam<Boolean>) read).put(config.booleanValue(flag));
        }
        LongParameter number = (LongParameter) parameter;
        return () -> ((ConfigParam<Long>) read).put(config.longValue(number));
    }

    void remove(Declaration declaration) {
        readAlong.getOrDefault(declaration.id(), List.of()).forEach(config::forget);
        readAlong.remove(declaration.id());
        for (Declaration.Parameter declared : declaration.parameters()) {
            config.unregister(declared.name().substring(0, declared.name().indexOf('.')));
        }
    }

    @SuppressWarnings("unchecked") // The kind says what the parameter holds.
    private void add(String name, ConfigParam<?> param) {
        if (param.kind() == Boolean.class) {
            ConfigParam<Boolean> flag = (ConfigParam<Boolean>) param;
            BooleanParameter parameter =
                    BooleanParameter.flag(name, flag.defaultValue(), traits(param));
            register(
                    parameter,
                    param.value().equals(param.defaultValue()) ? null : flag.value() ? "yes" : "no",
                    () -> flag.put(config.booleanValue(parameter)));
        } else if (param.kind() == Long.class) {
            ConfigParam<Long> number = (ConfigParam<Long>) param;
            LongParameter parameter =
                    number.isMemory()
                            ? LongParameter.size(name, number.defaultValue(), traits(param))
                            : LongParameter.number(name, number.defaultValue(), traits(param));
            parameter.between(number.min(), number.max());
            register(
                    parameter,
                    param.value().equals(param.defaultValue()) ? null : "" + number.value(),
                    () -> number.put(config.longValue(parameter)));
        } else {
            ConfigParam<String> text = (ConfigParam<String>) param;
            TextParameter parameter = TextParameter.text(name, text.defaultValue(), traits(param));
            config.validator(parameter, candidate -> text.check(candidate.text(parameter)));
            register(
                    parameter,
                    param.value().equals(param.defaultValue()) ? null : text.value(),
                    () -> text.put(config.text(parameter)));
        }
    }

    /**
     * Registers a parameter.
     *
     * @param given the value that came with the load, which beats the one in the file; or null
     */
    private void register(Parameter parameter, String given, Runnable apply) {
        try {
            config.register(parameter);
            if (given != null) {
                config.assign(parameter, given);
            }
        } catch (ConfigRejected refused) {
            throw new ConfigRejected(
                    "parameter '" + parameter.name() + "': " + refused.getMessage());
        }
        apply.run();
        config.onChange(parameter, apply);
    }

    private static Trait[] traits(ConfigParam<?> param) {
        List<Trait> traits = new ArrayList<>();
        traits.add(Trait.HONOURED);
        for (ConfigParam.Flag flag : param.flags()) {
            switch (flag) {
                case IMMUTABLE -> traits.add(Trait.IMMUTABLE);
                case HIDDEN -> traits.add(Trait.HIDDEN);
                case SENSITIVE -> traits.add(Trait.SENSITIVE);
            }
        }
        return traits.toArray(new Trait[0]);
    }
}
