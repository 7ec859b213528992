// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.vm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/** Lua's native library, which is on the class path and is loaded once for a process. */
final class LuaLibrary {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup SYMBOLS = load();

    private LuaLibrary() {}

    static Linker linker() {
        return LINKER;
    }

    @SuppressWarnings("restricted") // Lua is native code.
    private static SymbolLookup load() {
        String name = resource(System.getProperty("os.name"), System.getProperty("os.arch"));
        try (InputStream in = LuaLibrary.class.getResourceAsStream("/" + name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            Path file = Files.createTempFile("sigrun-lua", ".so");
            try {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                return SymbolLookup.libraryLookup(file, Arena.global());
            } finally {
                // What is mapped stays mapped, and so nothing is left behind on the disk.
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Lua's library cannot be unpacked", e);
        }
    }

    private static String resource(String system, String machine) {
        if (!system.toLowerCase(Locale.ROOT).equals("linux")) {
            throw new IllegalStateException("scripts in Lua need Linux, and this is " + system);
        }
        return switch (machine) {
            case "amd64", "x86_64" -> "liblua5164.so";
            case "aarch64", "arm64" -> "liblua51arm64.so";
            default ->
                    throw new IllegalStateException(
                            "scripts in Lua need an x86-64 or arm64 machine, and this is "
                                    + machine);
        };
    }

    /** The address of a function. */
    static MemorySegment symbol(String name) {
        return SYMBOLS.find(name)
                .orElseThrow(() -> new IllegalStateException("Lua's library lacks " + name));
    }

    /**
     * A way to call a function.
     *
     * @param brief whether it neither calls back nor takes long
     * @param result what it gives; null for nothing
     */
    @SuppressWarnings("restricted") // Lua is native code.
    static MethodHandle handle(
            String symbol, boolean brief, MemoryLayout result, MemoryLayout... parameters) {
        FunctionDescriptor shape =
                result == null
                        ? FunctionDescriptor.ofVoid(parameters)
                        : FunctionDescriptor.of(result, parameters);
        // A brief function never calls back and never waits, so the JVM need not be told of it.
        Linker.Option[] options =
                brief ? new Linker.Option[] {Linker.Option.critical(false)} : new Linker.Option[0];
        return LINKER.downcallHandle(symbol(symbol), shape, options);
    }

    /** What is thrown when a call fails, which none does. */
    static IllegalStateException broken(Throwable e) {
        return new IllegalStateException("a call of Lua's library failed", e);
    }
}
