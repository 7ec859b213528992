// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.store.Store;
import dev.sigrun.kernel.wire.ReplyBuffer;
import dev.sigrun.memory.MemoryExhausted;
import dev.sigrun.spi.command.CommandException;
import org.slf4j.Logger;

/**
 * Calls the handlers of commands: measures them, answers for those that fail, and takes down what
 * they say about their replication. Owner thread only.
 */
final class Calls {
    private final Store store;
    private final Sessions sessions;
    private final ServerStats stats;
    private final Execution execution;
    private final CommandTimer timer;
    private final CommandWatch watch;
    private final Effects effects;
    private final FaultLog faults;
    private final ReplyBuffer reply;

    /** The wait of the client whose command runs again; null while none does. */
    private KeyWait runningAgain;

    private Onlookers onlookers;
    private ReplyLimits replyLimits;

    Calls(
            Store store,
            Sessions sessions,
            ServerStats stats,
            Execution execution,
            CommandTimer timer,
            CommandWatch watch,
            Effects effects,
            Logger log) {
        this.store = store;
        this.sessions = sessions;
        this.stats = stats;
        this.execution = execution;
        this.timer = timer;
        this.watch = watch;
        this.effects = effects;
        this.faults = new FaultLog(log, stats);
        this.reply = execution.replyBuffer();
    }

    /** Where faults of handlers are reported. */
    FaultLog faults() {
        return faults;
    }

    /** Says who closes clients whose replies are too large. */
    void replyLimits(ReplyLimits limits) {
        replyLimits = limits;
    }

    /** Says who looks on. */
    void onlookers(Onlookers all) {
        onlookers = all;
    }

    KeyWait runningAgain() {
        return runningAgain;
    }

    void runningAgain(KeyWait waiting) {
        runningAgain = waiting;
    }

    /**
     * Calls the handler of a command, whose arguments the execution has.
     *
     * @param keyIndex position of an argument whose hash is known; 0 for none
     * @param keyHash that hash
     */
    void call(Session session, Command command, int keyIndex, long keyHash) {
        session.inNameOf().commands++;
        execution.begin(session, command, keyIndex, keyHash);
        ReplicationRecorder recorder = execution.recorder();
        recorder.begin(effects.isActive());
        if (runningAgain == null) {
            timer.begin(command);
        } else {
            timer.goOn(command, runningAgain.nanos());
        }
        onlookers.runs(session, command, execution.argsView());
        int mark = reply.used();
        int db = session.db();
        long dirtyBefore = store.stats().dirty;
        try {
            command.handler().handle(execution);
        } catch (CommandException e) {
            insistOnNoChange(command, dirtyBefore, e);
            fail(session, mark, e);
        } catch (MemoryExhausted e) {
            fail(session, mark, CommandErrors.ALLOCATION_FAILED);
        } catch (ReplyTooLarge e) {
            reply.truncate(mark);
            replyLimits.close(session.inNameOf());
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            fail(session, mark, faults.report(command, session, e));
        } catch (OutOfMemoryError e) {
            fail(session, mark, faults.report(command, session, e));
        }
        if (session.block() instanceof KeyWait waiting) {
            putOff(waiting, mark);
        } else if (!command.isExec || !session.runsTransaction()) {
            ended(session, command, reply.used() - mark);
        }
        onlookers.hasRun(session, command, execution.argsView(), runningAgain != null);
        CommandException error = reply.takeError();
        if (error != null) {
            command.failedCalls++;
            if (error != ReplyBuffer.COUNTED_BEFORE) {
                stats.countError(error.code());
            }
        }
        if (store.stats().dirty != dirtyBefore) {
            insistOnReplication(command, recorder);
        }
        recorder.finish(effects, db);
    }

    /** Has the command noted if it took long or moved much. */
    private void ended(Session session, Command command, int replyBytes) {
        ArgsView args = execution.argsView();
        long span = args.span();
        boolean isAlone = !command.isQuick || session.runsTransaction() || session.isInScript();
        if (isAlone || !watch.isLeftWithOthers(session, args, span, replyBytes)) {
            watch.ended(session, command, args, timer.end());
        }
        watch.moved(session, command, args, span, replyBytes);
    }

    /** Answers with an error instead of anything else that the command has said. */
    private void fail(Session session, int mark, CommandException error) {
        reply.truncate(mark);
        Session.Block block = session.block();
        if (block != null) {
            session.block(null);
            if (block != runningAgain) {
                sessions.end(session, block);
            }
        }
        reply.error(error);
    }

    /** A command that waits has not replied, and counts only when it is done. */
    private void putOff(KeyWait waiting, int mark) {
        if (ReplicationRecorder.isInsisting() && reply.used() != mark) {
            throw new IllegalStateException(
                    waiting.command().fullName() + " waits although it has replied");
        }
        reply.truncate(mark);
        waiting.nanos(timer.putOff());
        waiting.session().commands--;
        stats.commandsProcessed--;
    }

    /** A command validates before it changes anything, so one that refuses has changed nothing. */
    private void insistOnNoChange(Command command, long dirtyBefore, CommandException refusal) {
        if (ReplicationRecorder.isInsisting()
                && command.isWrite
                && store.stats().dirty != dirtyBefore) {
            throw new IllegalStateException(
                    command.fullName() + " modified data and then refused", refusal);
        }
    }

    private void insistOnReplication(Command command, ReplicationRecorder recorder) {
        if (ReplicationRecorder.isInsisting()
                && command.isWrite
                && !recorder.wasSaid()
                && reply.takeError() == null) {
            throw new IllegalStateException(
                    command.fullName() + " modified data but did not say how it replicates");
        }
    }
}
