// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import dev.sigrun.spi.PluginContext;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.memory.OffHeap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A kernel that only knows names. */
final class FakeSink implements PluginSink {
    final TreeSet<String> names = new TreeSet<>();
    final Map<String, CommandHandler> handlers = new LinkedHashMap<>();
    final List<String> calls = new ArrayList<>();
    List<String> holds = List.of();
    RuntimeException commitFailure;
    List<String> commitProblems = List.of();

    @Override
    public List<String> conflicts(Declaration declaration) {
        return declaration.inventory().stream()
                .filter(names::contains)
                .map(name -> name + " exists already")
                .toList();
    }

    @Override
    public List<String> commit(Declaration declaration) {
        if (commitFailure != null) {
            throw commitFailure;
        }
        if (!commitProblems.isEmpty()) {
            return commitProblems;
        }
        calls.add("commit " + declaration.id());
        names.addAll(declaration.inventory());
        for (Declaration.Command command : declaration.commands()) {
            handlers.put(command.spec().name(), command.handler());
        }
        return List.of();
    }

    @Override
    public void withdraw(Declaration declaration) {
        calls.add("withdraw " + declaration.id());
        names.removeAll(declaration.inventory());
        for (Declaration.Command command : declaration.commands()) {
            handlers.remove(command.spec().name());
        }
    }

    @Override
    public List<String> holds(Declaration declaration) {
        return holds;
    }

    @Override
    public PluginContext context(Declaration declaration) {
        return new FakeContext(declaration.id());
    }

    @Override
    public void released(Declaration declaration) {
        calls.add("released " + declaration.id());
    }

    private record FakeContext(String id) implements PluginContext {
        @Override
        public OffHeap memory() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long nowMillis() {
            return 0;
        }

        @Override
        public RandomGenerator random() {
            return RandomGenerator.getDefault();
        }

        @Override
        public String serverName() {
            return "valkey";
        }

        @Override
        public String valkeyVersion() {
            return "9.1.2";
        }

        @Override
        public String redisVersion() {
            return "7.2.4";
        }

        @Override
        public Logger log() {
            return LoggerFactory.getLogger("plugin." + id);
        }
    }
}
