// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi;

import dev.sigrun.spi.memory.OffHeap;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;

/**
 * What a started plugin may use for as long as it runs. Owner thread only, except {@link #log()}.
 */
@ForKernel
public interface PluginContext {
    /** The id under which the plugin was loaded. */
    String id();

    /** Off-heap memory that counts in {@code used_memory} and on this plugin's account. */
    OffHeap memory();

    /** Milliseconds since the Unix epoch, as the server sees them. */
    long nowMillis();

    /** The server's source of randomness; seeded in tests. */
    RandomGenerator random();

    /** The name of the server that clients are told. */
    String serverName();

    /** The version of Valkey whose behaviour the server has, for example {@code 9.1.2}. */
    String valkeyVersion();

    /** The version of Redis that clients are told, for those that know no other. */
    String redisVersion();

    /** A logger under the plugin's id. Any thread. */
    Logger log();
}
