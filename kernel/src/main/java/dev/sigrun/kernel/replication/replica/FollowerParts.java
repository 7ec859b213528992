// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import dev.sigrun.kernel.base.Background;
import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.base.Links;
import dev.sigrun.kernel.command.Dispatcher;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.load.Loads;
import dev.sigrun.kernel.loop.Owner;
import dev.sigrun.kernel.replication.Replication;
import dev.sigrun.kernel.store.Store;

/**
 * What following a primary needs of the server. Any thread may hold it.
 *
 * @param links opens connections, encrypted where {@code tls-replication} says so
 * @param background writes what is received to a file
 * @param server what the layers above do
 */
public record FollowerParts(
        Config config,
        Links links,
        Owner owner,
        Background background,
        Clock clock,
        Store store,
        Dispatcher dispatcher,
        Loads loads,
        Replication replication,
        Surroundings server) {}
