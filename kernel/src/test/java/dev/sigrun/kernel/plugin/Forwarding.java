// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import dev.sigrun.spi.PluginContext;
import java.util.List;

/** A sink that asks another one, for tests that watch a single call. */
abstract class Forwarding implements PluginSink {
    private final PluginSink next;

    Forwarding(PluginSink next) {
        this.next = next;
    }

    @Override
    public List<String> conflicts(Declaration declaration) {
        return next.conflicts(declaration);
    }

    @Override
    public List<String> commit(Declaration declaration) {
        return next.commit(declaration);
    }

    @Override
    public void withdraw(Declaration declaration) {
        next.withdraw(declaration);
    }

    @Override
    public List<String> holds(Declaration declaration) {
        return next.holds(declaration);
    }

    @Override
    public PluginContext context(Declaration declaration) {
        return next.context(declaration);
    }

    @Override
    public void released(Declaration declaration) {
        next.released(declaration);
    }
}
