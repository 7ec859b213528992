// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandSpec;
import java.util.LinkedHashSet;
import java.util.Set;

/** The ACL categories that follow from a command's flags, beside those it declares. */
final class Categories {
    private Categories() {}

    static Set<String> of(CommandSpec spec) {
        Set<CommandFlag> flags = spec.flags();
        Set<String> all = new LinkedHashSet<>(spec.categories());
        if (flags.contains(CommandFlag.WRITE)) {
            all.add("write");
        }
        // Reading an administrator's knobs is not reading data.
        if (flags.contains(CommandFlag.READONLY) && !all.contains("scripting")) {
            all.add("read");
        }
        if (flags.contains(CommandFlag.ADMIN)) {
            all.add("admin");
            all.add("dangerous");
        }
        if (flags.contains(CommandFlag.PUBSUB)) {
            all.add("pubsub");
        }
        if (flags.contains(CommandFlag.BLOCKING)) {
            all.add("blocking");
        }
        all.add(flags.contains(CommandFlag.FAST) ? "fast" : "slow");
        return Set.copyOf(all);
    }
}
