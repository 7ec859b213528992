// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.script;

import java.util.LinkedHashMap;
import java.util.Map;

/** A library: its code and the functions that it has registered. Owner thread only. */
final class Library {
    private static final int ENTRY_BYTES = 200;

    final String name;
    final Engine engine;
    final byte[] code;
    final Map<String, LoadedFunction> functions = new LinkedHashMap<>();

    Library(String name, Engine engine, byte[] code) {
        this.name = name;
        this.engine = engine;
        this.code = code;
    }

    long memoryBytes() {
        long sum = (long) ENTRY_BYTES + code.length;
        for (LoadedFunction function : functions.values()) {
            sum += ENTRY_BYTES + function.code.memoryBytes();
        }
        return sum;
    }

    void release() {
        for (LoadedFunction function : functions.values()) {
            function.code.release();
        }
    }
}
