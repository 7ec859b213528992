// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.spi.admin.ConfigParam;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.type.SnapshotMode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeclarationRegistrarTest {
    private static final CommandHandler HANDLER = context -> context.reply().ok();

    private final Declaration declaration =
            new Declaration(
                    new PluginInfo("demo", "demo", 1, "1.0.0", Path.of("x"), "", List.of()), null);
    private final DeclarationRegistrar registrar = new DeclarationRegistrar(declaration);

    @Test
    void takesAWholeDeclaration() {
        registrar.subcommand("DEMO", spec("USAGE"), HANDLER);
        registrar.command(spec("DEMO"), null);
        registrar.command(
                CommandSpec.command("DEMO.SET", 3)
                        .flags(CommandFlag.WRITE)
                        .key(KeySpec.at(1, KeySpec.Use.RW, KeySpec.Use.UPDATE))
                        .build(),
                HANDLER);
        registrar.type(
                new FakeType("demo-type", SnapshotMode.INLINE, new FakeType.Codec("Demo-Typ1")));
        registrar.config(ConfigParam.bool("Fast", true));
        registrar.config(ConfigParam.memory("dm.limit", 10, 0, 100));
        registrar.aclCategory("Demo");
        registrar.info("demo", out -> out.field("a", 1));
        registrar.debug("Demo-Limit", 1, HANDLER);
        assertEquals(List.of(), registrar.close());
        assertEquals(
                List.of(
                        "command demo",
                        "command demo|usage",
                        "command demo.set",
                        "type demo-type",
                        "codec Demo-Typ1",
                        "config demo.fast",
                        "config dm.limit",
                        "category demo",
                        "info demo",
                        "debug demo-limit"),
                declaration.inventory());
    }

    @Test
    void findsWhatOccursTwice() {
        registrar.command(spec("a"), HANDLER);
        registrar.command(spec("A"), HANDLER);
        registrar.subcommand("a", spec("b"), HANDLER);
        registrar.subcommand("A", spec("B"), HANDLER);
        registrar.type(new FakeType("t", SnapshotMode.INLINE, new FakeType.Codec("AAAAAAAAA")));
        registrar.type(new FakeType("t", SnapshotMode.INLINE, new FakeType.Codec("AAAAAAAAA")));
        registrar.config(ConfigParam.bool("x", true));
        registrar.config(ConfigParam.bool("demo.X", true));
        registrar.aclCategory("c");
        registrar.aclCategory("C");
        registrar.info("i", out -> {});
        registrar.info("I", out -> {});
        registrar.debug("d", 0, HANDLER);
        registrar.debug("D", 1, HANDLER);
        assertEquals(
                List.of(
                        "command 'a' is declared twice",
                        "command 'a|b' is declared twice",
                        "type 't' is declared twice",
                        "wire name 'AAAAAAAAA' is declared twice",
                        "parameter 'demo.x' is declared twice",
                        "category 'c' is declared twice",
                        "info section 'i' is declared twice",
                        "action of DEBUG 'd' is declared twice"),
                registrar.close());
    }

    @Test
    void checksCommands() {
        registrar.command(null, HANDLER);
        registrar.command(CommandSpec.command("", 0).build(), HANDLER);
        registrar.command(spec("no handler"), null);
        registrar.subcommand("nobody", spec("x"), null);
        registrar.command(
                CommandSpec.command("w", 2)
                        .key(KeySpec.at(1, KeySpec.Use.RW, KeySpec.Use.UPDATE))
                        .key(KeySpec.unknown(KeySpec.Use.RO))
                        .key(KeySpec.range(1, -1, 0, KeySpec.Use.RO))
                        .build(),
                HANDLER);
        registrar.command(
                CommandSpec.command("both", 2)
                        .flags(CommandFlag.WRITE, CommandFlag.READONLY)
                        .build(),
                HANDLER);
        has("a command has no description");
        has("a name is made of");
        has("arity");
        has("no handler has neither a handler nor sub-commands");
        has("command nobody|x has no handler");
        has("sub-commands belong to 'nobody', which is not declared");
        has("command w changes keys but is not WRITE");
        has("command w has keys at unknown positions");
        has("distance between keys");
        has("both WRITE and READONLY");
    }

    @Test
    void checksTypes() {
        registrar.type(null);
        registrar.type(new FakeType("a b", SnapshotMode.FROZEN, new FakeType.Codec("short")));
        registrar.type(new FakeType("t1", SnapshotMode.INLINE, new FakeType.Codec("not.valid")));
        registrar.type(
                new FakeType(
                        "t2", SnapshotMode.INLINE, new FakeType.Codec("AAAAAAAA1", 0, 1024, 0)));
        registrar.type(
                new FakeType("t3", SnapshotMode.INLINE, new FakeType.Codec("AAAAAAAA2", 1, 2, 3)));
        registrar.type(
                new FakeType("t4", SnapshotMode.INLINE, new FakeType.Codec("AAAAAAAA3", 1, 2, -1)));
        has("a type has no description");
        has("type a b: a name is made of");
        has("type a b is FROZEN but has no freeze()");
        has("wire name 'short' must be 9");
        has("wire name 'not.valid' must be 9");
        has("versions 0 to 1024");
        has("type t3 writes version 3");
        has("type t4: the first codec must be one that writes");
    }

    @Test
    void checksTheRest() {
        registrar.config(ConfigParam.integer("n", 5, 10, 20));
        registrar.config(ConfigParam.text("s", "x", v -> "never good"));
        registrar.config(ConfigParam.bool("a b", true));
        registrar.config(null);
        registrar.aclCategory("");
        registrar.info("", out -> {});
        registrar.info("i", null);
        has("parameter 'demo.n': the default value is not allowed: argument must be between 10");
        has("never good");
        has("parameter 'demo.a b': is no name");
        has("a parameter has no name");
        has("category ''");
        has("info section ''");
        has("info section 'i'");
    }

    private void has(String problem) {
        List<String> problems = registrar.close();
        assertTrue(
                problems.stream().anyMatch(each -> each.contains(problem)),
                () -> problem + " not in " + problems);
    }

    private static CommandSpec spec(String name) {
        return CommandSpec.command(name, 1).build();
    }
}
