// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.script;

import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.Plugin;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.script.CallOutcome;
import dev.sigrun.spi.script.ScriptCall;
import dev.sigrun.spi.script.ScriptEngine;
import dev.sigrun.spi.script.ScriptFlag;
import dev.sigrun.spi.script.ScriptFunction;
import dev.sigrun.spi.script.ScriptKind;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A language whose scripts are commands, one a line, whose last reply is the script's. The word
 * {@code $1} is the first key. In a library each line has a name and a colon before it; an
 * exclamation mark before the name makes the function one that writes nothing. The word {@code
 * FOREVER} goes on until it is killed, and what begins with {@code ?} does not compile.
 */
final class EchoEngine implements ScriptEngine, Plugin {
    int released;
    int resets;

    @Override
    public void register(Registrar registrar) {
        registrar.scriptEngine(this);
    }

    @Override
    public String name() {
        return "Echo";
    }

    @Override
    public List<ScriptFunction> compile(ScriptKind kind, Bytes source, BooleanSupplier goOn)
            throws CommandException {
        String text = source.text().strip();
        if (text.startsWith("?")) {
            throw CommandException.of("that is no script");
        }
        if (kind == ScriptKind.EVAL) {
            return List.of(new Script(null, text, Set.of()));
        }
        List<ScriptFunction> functions = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String[] parts = line.split(":", 2);
            boolean readOnly = parts[0].startsWith("!");
            functions.add(
                    new Script(
                            parts[0].substring(readOnly ? 1 : 0),
                            parts[1],
                            readOnly ? EnumSet.of(ScriptFlag.NO_WRITES) : Set.of()));
        }
        return functions;
    }

    @Override
    public void reset(ScriptKind kind) {
        resets++;
    }

    @Override
    public long memoryBytes(ScriptKind kind) {
        return 100;
    }

    private final class Script implements ScriptFunction {
        private final String name;
        private final String code;
        private final Set<ScriptFlag> flags;

        Script(String name, String code, Set<ScriptFlag> flags) {
            this.name = name;
            this.code = code;
            this.flags = flags;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String description() {
            return null;
        }

        @Override
        public Set<ScriptFlag> flags() {
            return flags;
        }

        @Override
        public void run(ScriptCall call) {
            String last = "";
            for (String line : code.split("\n", -1)) {
                if (line.equals("FOREVER")) {
                    while (call.tick()) {
                        Thread.onSpinWait();
                    }
                    call.fail("ERR killed", true);
                    return;
                }
                call.begin();
                for (String word : line.strip().split(" ", -1)) {
                    add(call, word.equals("$1") ? call.key(0).text() : word);
                }
                CallOutcome outcome = call.execute(3);
                last = outcome + " " + call.result().text().strip();
            }
            call.reply().bulk(last);
        }

        private static void add(ScriptCall call, String word) {
            try (Arena once = Arena.ofConfined()) {
                byte[] content = word.getBytes(StandardCharsets.ISO_8859_1);
                long address = once.allocate(Math.max(content.length, 1)).address();
                Memory.copy(content, 0, address, content.length);
                call.add(address, content.length);
            }
        }

        @Override
        public void release() {
            released++;
        }

        @Override
        public long memoryBytes() {
            return code.length();
        }
    }
}
