// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import dev.sigrun.kernel.admin.ServerFacts;
import dev.sigrun.kernel.base.Clock;
import dev.sigrun.spi.PluginContext;
import dev.sigrun.spi.memory.OffHeap;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a started plugin is given. Owner thread only. */
record KernelPluginContext(String id, OffHeap memory, Clock clock, RandomGenerator random)
        implements PluginContext {
    @Override
    public long nowMillis() {
        return clock.unixMillis();
    }

    @Override
    public String serverName() {
        return "valkey";
    }

    @Override
    public String valkeyVersion() {
        return ServerFacts.VALKEY_VERSION;
    }

    @Override
    public String redisVersion() {
        return ServerFacts.REDIS_VERSION;
    }

    @Override
    public Logger log() {
        return LoggerFactory.getLogger("plugin." + id);
    }
}
