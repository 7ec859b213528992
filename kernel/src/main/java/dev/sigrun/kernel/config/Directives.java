// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

import java.util.List;

/**
 * Any thread. The table of all built-in parameters, in the order of their slots.
 *
 * <p>Slots are handed out when this class is initialised, and nothing can hold a {@link Config}
 * before that; so a bound slot is visible to every thread that can make use of it.
 */
public final class Directives {
    private static final List<String> IGNORED =
            List.of(
                    "list-max-ziplist-entries",
                    "list-max-ziplist-value",
                    "lua-replicate-commands",
                    "io-threads-do-reads",
                    "dynamic-hz",
                    "events-per-io-thread",
                    "sanitize-dump-payload");

    private static final List<Parameter> BUILT_IN = bindAll();

    private Directives() {}

    /** Every parameter this server is born with. */
    public static List<Parameter> builtIn() {
        return BUILT_IN;
    }

    /** Directives of older servers that a file may still hold, with one word, to no effect. */
    public static List<String> ignored() {
        return IGNORED;
    }

    private static List<Parameter> bindAll() {
        Parameter[][] topics = {
            ConnectionParameters.all(),
            TlsParameters.all(),
            SecurityParameters.all(),
            ServerParameters.all(),
            MonitoringParameters.all(),
            MemoryParameters.all(),
            EncodingParameters.all(),
            PersistenceParameters.all(),
            ReplicationParameters.all(),
            ClusterParameters.all(),
            OwnParameters.all(),
        };
        int count = 0;
        for (Parameter[] topic : topics) {
            count += topic.length;
        }
        Parameter[] all = new Parameter[count];
        int slot = 0;
        for (Parameter[] topic : topics) {
            for (Parameter parameter : topic) {
                parameter.bind(slot);
                all[slot++] = parameter;
            }
        }
        return List.of(all);
    }
}
