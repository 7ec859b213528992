// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config.value;

import dev.sigrun.kernel.config.text.Numbers;
import dev.sigrun.kernel.config.text.Words;
import java.util.List;

/** The directive replicaof: the primary to follow, or {@link Primary#NONE}. */
public final class ReplicaOf implements Form<ReplicaOf.Primary> {
    private static final int PORT_MAX = 65_535;

    /** Where the primary listens. */
    public record Primary(String host, int port) {
        public static final Primary NONE = new Primary("", 0);

        /** Asked at every start, where a record's own equals would cost ten milliseconds. */
        public boolean isNone() {
            return host.isEmpty();
        }
    }

    @Override
    public Primary initial() {
        return Primary.NONE;
    }

    @Override
    public Primary parse(List<String> words, Primary old, boolean loading) {
        if (words.size() != 2) {
            throw new ConfigRejected("wrong number of arguments");
        }
        if (Words.lower(words.get(0)).equals("no") && Words.lower(words.get(1)).equals("one")) {
            return Primary.NONE;
        }
        Long port = Numbers.lenient(words.get(1));
        if (port == null || port < 0 || port > PORT_MAX) {
            throw new ConfigRejected("Invalid primary port");
        }
        return new Primary(words.get(0), (int) (long) port);
    }

    @Override
    public String print(Primary primary) {
        return primary.isNone() ? "" : primary.host() + " " + primary.port();
    }

    @Override
    public List<RewriteLine> lines(String name, Primary primary) {
        return primary.isNone()
                ? List.of()
                : List.of(new RewriteLine(name + " " + print(primary), true));
    }
}
