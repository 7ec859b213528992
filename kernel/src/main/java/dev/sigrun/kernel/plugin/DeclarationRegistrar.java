// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.admin.ConfigParam;
import dev.sigrun.spi.admin.InfoSection;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.script.ScriptEngine;
import dev.sigrun.spi.type.DataType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Owner thread only. Fills a declaration with what a plugin says, and collects everything that is
 * wrong with it, so that an author sees all problems at once. Closed after the registration.
 */
final class DeclarationRegistrar implements Registrar {
    private final Declaration declaration;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();
    private boolean closed;

    DeclarationRegistrar(Declaration declaration) {
        this.declaration = declaration;
    }

    @Override
    public void command(CommandSpec spec, CommandHandler handler) {
        checkOpen();
        if (spec == null) {
            problems.add("a command has no description");
            return;
        }
        once("command", spec.name());
        CommandRules.check("command " + spec.name(), spec, problems);
        declaration.commands.add(new Declaration.Command(spec, handler));
    }

    @Override
    public void subcommand(String container, CommandSpec spec, CommandHandler handler) {
        checkOpen();
        if (container == null || spec == null) {
            problems.add("a sub-command has no container or no description");
            return;
        }
        String parent = lower(container);
        String full = parent + "|" + spec.name();
        once("command", full);
        CommandRules.check("command " + full, spec, problems);
        if (handler == null) {
            problems.add("command " + full + " has no handler");
        }
        declaration
                .subcommands
                .computeIfAbsent(parent, name -> new ArrayList<>())
                .add(new Declaration.Command(spec, handler));
    }

    @Override
    public void type(DataType<?> type) {
        checkOpen();
        if (type == null || type.spec() == null) {
            problems.add("a type has no description");
            return;
        }
        once("type", type.spec().name());
        TypeRules.check(type, problems);
        type.spec().codecs().forEach(codec -> once("wire name", codec.wireName()));
        declaration.types.add(type);
    }

    @Override
    public void config(ConfigParam<?> parameter) {
        checkOpen();
        if (parameter == null || parameter.name() == null) {
            problems.add("a parameter has no name");
            return;
        }
        if (parameter.isOfServer()) {
            declaration.serverParameters.add(parameter);
            return;
        }
        String name = fullName(parameter.name());
        once("parameter", name);
        String problem = Names.isConfig(name) ? ParamText.defaultProblem(parameter) : "is no name";
        if (problem != null) {
            problems.add("parameter '" + name + "': " + problem);
        }
        declaration.parameters.add(new Declaration.Parameter(name, parameter));
    }

    @Override
    public void aclCategory(String name) {
        checkOpen();
        if (name == null || !Names.isCategory(lower(name))) {
            problems.add("category '" + name + "' must be made of letters, digits and . _ -");
            return;
        }
        once("category", lower(name));
        declaration.categories.add(lower(name));
    }

    @Override
    public void info(String section, InfoSection writer) {
        checkOpen();
        if (section == null || !Names.isSection(section) || writer == null) {
            problems.add("info section '" + section + "' has no usable name or no writer");
            return;
        }
        once("info section", lower(section));
        declaration.sections.add(new Declaration.Section(section, writer));
    }

    @Override
    public void debug(String name, int arguments, CommandHandler handler) {
        checkOpen();
        if (name == null || !Names.isConfig(lower(name)) || arguments < 0 || handler == null) {
            problems.add("action '" + name + "' of DEBUG has no usable name or no handler");
            return;
        }
        once("action of DEBUG", lower(name));
        declaration.debugActions.add(new Declaration.DebugAction(lower(name), arguments, handler));
    }

    @Override
    public void scriptEngine(ScriptEngine engine) {
        checkOpen();
        if (engine == null || engine.name() == null || !Names.isSection(engine.name())) {
            problems.add("a script engine has no usable name");
            return;
        }
        once("script engine", lower(engine.name()));
        declaration.scriptEngines.add(engine);
    }

    @Override
    public List<String> arguments() {
        return declaration.arguments();
    }

    /** Ends the registration. */
    List<String> close() {
        closed = true;
        for (String container : declaration.subcommands.keySet()) {
            if (!taken.contains("command " + container)) {
                problems.add("sub-commands belong to '" + container + "', which is not declared");
            }
        }
        for (Declaration.Command command : declaration.commands) {
            String name = command.spec().name();
            if (command.handler() == null && declaration.subcommands(name).isEmpty()) {
                problems.add("command " + name + " has neither a handler nor sub-commands");
            }
        }
        return List.copyOf(problems);
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("a registrar is valid during register() only");
        }
    }

    private void once(String kind, String name) {
        if (!taken.add(kind + " " + name)) {
            problems.add(kind + " '" + name + "' is declared twice");
        }
    }

    /** Parameters of the server's own plugins have Valkey's names, which have no prefix. */
    private String fullName(String name) {
        boolean complete = declaration.isBundled() || name.indexOf('.') >= 0;
        return lower(complete ? name : declaration.id() + "." + name);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
