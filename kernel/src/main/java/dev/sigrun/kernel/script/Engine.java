// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.script;

import dev.sigrun.spi.script.ScriptEngine;

/** An engine that a plugin has brought. Owner thread only. */
final class Engine {
    final String name;
    final ScriptEngine code;

    Engine(ScriptEngine code) {
        this.name = code.name();
        this.code = code;
    }
}
