// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.set;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;

/** The end of SINTERSTORE, SUNIONSTORE and SDIFFSTORE. Owner thread only. */
final class SetStore {
    private static final int TARGET = 1;

    private final SetResult result;

    SetStore(Sets sets, SetType type, CoreMemory memory) {
        this.result = new SetResult(sets, type, memory);
    }

    /**
     * Begins with an empty set, to be closed in any case.
     *
     * @param integers whether it begins as an intset rather than as a listpack
     */
    void begin(boolean integers) {
        result.begin(integers ? Sets.INTSET : Sets.LISTPACK);
    }

    SetResult result() {
        return result;
    }

    /** Makes the target what was put together, and answers with its size. */
    void store(CommandContext context, String event) {
        Key target = context.write(TARGET);
        long size = result.size();
        if (size > 0) {
            result.moveTo(target);
            target.notify(NotifyClass.SET, event);
            context.replication().verbatim();
        } else if (target.remove(true)) {
            target.notify(NotifyClass.GENERIC, "del");
            context.replication().verbatim();
        }
        context.reply().integer(size);
    }
}
