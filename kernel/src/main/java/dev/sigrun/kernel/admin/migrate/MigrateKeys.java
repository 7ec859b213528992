// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.migrate;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandSpec;

/**
 * Finds the keys of a MIGRATE, which are in one of two places. A word KEYS that is somebody's name
 * or password is none, which the key specifications cannot tell. Any thread.
 */
final class MigrateKeys implements CommandSpec.KeyFinder {
    @Override
    public int[] positions(Args args) {
        int at = MigrateOptions.OPTIONS;
        while (at < args.count() && !args.is(at, "keys")) {
            at += args.is(at, "auth2") ? 3 : args.is(at, "auth") ? 2 : 1;
        }
        if (at >= args.count()) {
            return new int[] {MigrateOptions.KEY};
        }
        if (!args.bytes(MigrateOptions.KEY).isEmpty()) {
            return new int[0];
        }
        int[] positions = new int[args.count() - at - 1];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = at + 1 + i;
        }
        return positions;
    }
}
