// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.script;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.script.ScriptFunction;
import dev.sigrun.spi.script.ScriptKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * A set of libraries with their functions, in which every name occurs once. Whatever fails leaves
 * it as it was. Owner thread only.
 */
final class Libraries {
    private final Engines engines;
    private final Map<String, Library> byName = new TreeMap<>();
    private final FunctionTable functions = new FunctionTable();

    Libraries(Engines engines) {
        this.engines = engines;
    }

    /** All libraries, by name. */
    Collection<Library> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    int functions() {
        return functions.size();
    }

    Library find(String name) {
        return byName.get(name);
    }

    LoadedFunction function(Bytes name) {
        return functions.find(name);
    }

    long memoryBytes() {
        long sum = 0;
        for (Library library : byName.values()) {
            sum += library.memoryBytes();
        }
        return sum;
    }

    // ---- loading ----

    /**
     * Compiles a library and adds it.
     *
     * @param replace whether one of the same name goes
     * @param goOn asked while its code runs
     * @throws CommandException when it cannot be added; nothing has changed then
     */
    Library load(Bytes code, boolean replace, BooleanSupplier goOn) throws CommandException {
        LibraryHeader header = LibraryHeader.of(code);
        Engine engine = engines.find(header.engine());
        if (engine == null) {
            throw CommandException.of("Engine '" + header.engine() + "' not found");
        }
        Library old = byName.get(header.name());
        if (old != null && !replace) {
            throw CommandException.of("Library '" + header.name() + "' already exists");
        }
        Library library = new Library(header.name(), engine, code.copy());
        try (Part source = new Part(code, header.length())) {
            register(library, engine.code.compile(ScriptKind.FUNCTION, source.bytes(), goOn));
        }
        for (LoadedFunction function : library.functions.values()) {
            LoadedFunction other = functions.find(function.name);
            if (other != null && other.library != old) {
                library.release();
                throw CommandException.of("Function " + function.name + " already exists");
            }
        }
        if (old != null) {
            unlink(old);
            old.release();
        }
        link(library);
        return library;
    }

    /** Makes what an engine has compiled the functions of a library. */
    private static void register(Library library, List<ScriptFunction> compiled)
            throws CommandException {
        CommandException problem = null;
        for (ScriptFunction code : compiled) {
            if (problem == null) {
                problem = problem(library, code);
            }
            if (problem == null) {
                library.functions.put(code.name(), new LoadedFunction(library, code));
            } else {
                code.release();
            }
        }
        if (problem == null && library.functions.isEmpty()) {
            problem = CommandException.of("No functions registered");
        }
        if (problem != null) {
            library.release();
            throw problem;
        }
    }

    private static CommandException problem(Library library, ScriptFunction code) {
        if (!LibraryHeader.isName(code.name())) {
            return CommandException.of(
                    "Function names can only contain letters, numbers, or underscores(_) and must"
                            + " be at least one character long");
        }
        if (library.functions.containsKey(code.name())) {
            return CommandException.of("Function already exists in the library");
        }
        return null;
    }

    private void link(Library library) {
        byName.put(library.name, library);
        library.functions.values().forEach(functions::add);
    }

    private void unlink(Library library) {
        byName.remove(library.name);
        library.functions.values().forEach(functions::remove);
    }

    // ---- other changes ----

    /** Removes a library. */
    void remove(Library library) {
        unlink(library);
        library.release();
    }

    /** Removes everything. */
    void clear() {
        for (Library library : List.copyOf(byName.values())) {
            remove(library);
        }
    }

    /** Removes everything; the engines are reset besides, so no function is released. */
    void forgetAll() {
        for (Library library : List.copyOf(byName.values())) {
            unlink(library);
        }
    }

    /** Removes the libraries of an engine that goes. */
    void removeAll(Engine engine) {
        for (Library library : List.copyOf(byName.values())) {
            if (library.engine == engine) {
                remove(library);
            }
        }
    }

    /**
     * Takes over all libraries of another set, which is empty afterwards.
     *
     * @param replace whether libraries of the same names go
     * @throws CommandException when names clash; nothing has changed then
     */
    void takeAll(Libraries others, boolean replace) throws CommandException {
        List<Library> leaving = new ArrayList<>();
        for (Library library : others.all()) {
            Library old = byName.get(library.name);
            if (old != null && !replace) {
                throw CommandException.of("Library " + library.name + " already exists");
            }
            if (old != null) {
                leaving.add(old);
            }
        }
        for (Library library : others.all()) {
            for (LoadedFunction function : library.functions.values()) {
                LoadedFunction other = functions.find(function.name);
                if (other != null && !leaving.contains(other.library)) {
                    throw CommandException.of("Function " + function.name + " already exists");
                }
            }
        }
        leaving.forEach(this::remove);
        for (Library library : List.copyOf(others.all())) {
            others.unlink(library);
            link(library);
        }
    }

    /** The libraries that an engine runs. */
    int libraries(Engine engine) {
        int count = 0;
        for (Library library : byName.values()) {
            count += library.engine == engine ? 1 : 0;
        }
        return count;
    }

    /** The functions that an engine runs. */
    int functions(Engine engine) {
        int count = 0;
        for (Library library : byName.values()) {
            count += library.engine == engine ? library.functions.size() : 0;
        }
        return count;
    }
}
