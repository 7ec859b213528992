// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.connection;

import static dev.sigrun.spi.command.CommandFlag.BLOCKING;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.command.Sessions;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.PersistenceParameters;
import dev.sigrun.kernel.wire.ReplyBuffer;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.reply.ReplyWriter;
import java.util.function.Consumer;

/**
 * WAIT and WAITAOF. As long as nobody replicates from this server, nothing is ever acknowledged, so
 * whoever asks for an acknowledgement waits until the time is over. Owner thread only.
 */
final class WaitCommands {
    private static final String[] TO_ALL_SHARDS = {
        "request_policy:all_shards", "response_policy:agg_min"
    };
    private static final CommandException NOT_A_FLAG =
            CommandException.of("value is out of range, value must between 0 and 1");
    private static final CommandException NOT_POSITIVE =
            CommandException.of("value is out of range, must be positive");
    private static final CommandException NO_AOF =
            CommandException.of(
                    "WAITAOF cannot be used when numlocal is set but appendonly is disabled.");

    private final Config config;
    private final Sessions sessions;
    private final ReplyBuffer replies;

    WaitCommands(AdminContext admin) {
        this.config = admin.config();
        this.sessions = admin.sessions();
        this.replies = admin.dispatcher().reply();
    }

    void register(Registry registry) {
        Specs.add(
                registry,
                Specs.connection("wait", 3, BLOCKING).tips(TO_ALL_SHARDS),
                this::waitForReplicas);
        Specs.add(
                registry,
                Specs.connection("waitaof", 4, BLOCKING).tips(TO_ALL_SHARDS),
                this::waitForFiles);
    }

    private void waitForReplicas(Execution execution) throws CommandException {
        Args args = execution.args();
        long replicas = args.longAt(1);
        long deadline = Arguments.deadlineMillis(args, 2, execution.nowMillis());
        answerOrBlock(execution, replicas <= 0, deadline, reply -> reply.integer(0));
    }

    private void waitForFiles(Execution execution) throws CommandException {
        Args args = execution.args();
        long local = args.longAt(1);
        if (local < 0 || local > 1) {
            throw NOT_A_FLAG;
        }
        long replicas = args.longAt(2, 0, Long.MAX_VALUE, NOT_POSITIVE);
        long deadline = Arguments.deadlineMillis(args, 3, execution.nowMillis());
        if (local > 0 && !config.booleanValue(PersistenceParameters.APPENDONLY)) {
            throw NO_AOF;
        }
        answerOrBlock(execution, local + replicas == 0, deadline, WaitCommands::nothingWritten);
    }

    private static void nothingWritten(ReplyWriter reply) {
        reply.array(2);
        reply.integer(0);
        reply.integer(0);
    }

    private void answerOrBlock(
            Execution execution,
            boolean satisfied,
            long deadlineMillis,
            Consumer<ReplyWriter> answer) {
        if (satisfied || !execution.mayBlock()) {
            answer.accept(execution.reply());
        } else {
            sessions.block(
                    execution.session(),
                    new Acknowledgement(deadlineMillis, () -> answer.accept(replies)));
        }
    }

    /** What a client waits for. */
    private record Acknowledgement(long deadlineMillis, Runnable answer) implements Session.Block {
        @Override
        public void timedOut(Session session) {
            answer.run();
        }
    }
}
