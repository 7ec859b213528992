// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi;

import dev.sigrun.spi.admin.ConfigParam;
import dev.sigrun.spi.admin.InfoSection;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.script.ScriptEngine;
import dev.sigrun.spi.type.DataType;

/**
 * Collects what a plugin declares. Nothing takes effect until the whole declaration has been
 * checked; conflicts are reported together, not one by one. Valid during {@link Plugin#register}
 * only.
 */
@ForKernel
public interface Registrar {
    /** Declares a command that has a handler of its own. */
    void command(CommandSpec spec, CommandHandler handler);

    /**
     * Declares a sub-command of a container declared in the same registration. The name of {@code
     * spec} is the sub-command's alone, for example {@code USAGE}.
     *
     * @param container name of the container command
     */
    void subcommand(String container, CommandSpec spec, CommandHandler handler);

    /** Declares a data type and its codecs. */
    void type(DataType<?> type);

    /**
     * Declares a configuration parameter. Operators see it as {@code <prefix>.<name>}, where the
     * prefix is the plugin's id unless the parameter brings its own.
     */
    void config(ConfigParam<?> parameter);

    /** Declares a language for scripts. */
    void scriptEngine(ScriptEngine engine);

    /** Declares an ACL category that commands of this plugin may name. */
    void aclCategory(String name);

    /**
     * Declares an action of {@code DEBUG}, for tests of what the plugin does. Its first arguments
     * are {@code DEBUG} and its name.
     *
     * @param name what follows {@code DEBUG}
     * @param arguments how many arguments follow the name
     */
    void debug(String name, int arguments, CommandHandler handler);

    /** Declares a section of {@code INFO}. */
    void info(String section, InfoSection writer);

    /** Arguments that the operator gave to this plugin, in order. */
    java.util.List<String> arguments();
}
