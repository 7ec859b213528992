// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.connection;

import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.READONLY;

import dev.sigrun.kernel.admin.ServerFacts;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.ServerParameters;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;

/**
 * LOLWUT: a picture, and the versions of the server. {@code VERSION} chooses among the pictures as
 * it does on Valkey, and what may follow is the same. Owner thread only.
 */
final class LolwutCommand {
    private static final CommandException USAGE =
            CommandException.of("Syntax error. Use: LOLWUT [columns rows] [real imaginary]");
    private static final int RUNES = 5;
    private static final int FJORD = 6;
    private static final int SHIELD = 9;
    private static final int SIDE_MAX = 200;

    private final Config config;

    LolwutCommand(Config config) {
        this.config = config;
    }

    void register(Registry registry) {
        Specs.add(registry, Specs.spec("lolwut", -1, READONLY, FAST), this::lolwut);
    }

    private void lolwut(Execution execution) throws CommandException {
        Args args = execution.args();
        boolean chosen = args.count() >= 3 && args.is(1, "version");
        long version = chosen ? args.longAt(2) : SHIELD;
        String picture = picture(execution, version, chosen ? 3 : 1);
        execution.reply().verbatim("txt", picture.concat(signature()));
    }

    private static String picture(Execution execution, long version, int first)
            throws CommandException {
        Args args = execution.args();
        if (version == RUNES) {
            int columns = side(args, first, 66);
            int rows = side(args, first + 1, 8);
            side(args, first + 2, 0);
            return LolwutPicture.runes(columns, rows, execution.random());
        }
        if (version == FJORD) {
            int columns = side(args, first, 80);
            return LolwutPicture.fjord(columns, side(args, first + 1, 20), execution.random());
        }
        if (version != SHIELD) {
            return "";
        }
        int more = args.count() - first;
        if (more == 1 || more == 3 || more > 4) {
            throw USAGE;
        }
        int columns = side(args, first, 80);
        int rows = side(args, first + 1, 40);
        double twist = more > 2 ? args.doubleAt(first + 2) : execution.random().nextDouble(-1, 1);
        double bend = more > 2 ? args.doubleAt(first + 3) : execution.random().nextDouble(-1, 1);
        return LolwutPicture.shield(columns, rows, twist, bend);
    }

    /** A picture has to be quick, whatever size is asked for. */
    private static int side(Args args, int index, int otherwise) throws CommandException {
        return index < args.count() ? Math.clamp(args.longAt(index), 1, SIDE_MAX) : otherwise;
    }

    private String signature() {
        boolean asRedis = config.booleanValue(ServerParameters.EXTENDED_REDIS_COMPATIBILITY);
        String like =
                asRedis
                        ? "Redis ver. ".concat(ServerFacts.REDIS_VERSION)
                        : "Valkey ver. ".concat(ServerFacts.VALKEY_VERSION);
        return "Sigrun ver. " + ServerFacts.SIGRUN_VERSION + " (" + like + ")\n";
    }
}
