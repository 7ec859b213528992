// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import dev.sigrun.kernel.acl.User;
import dev.sigrun.kernel.base.Background;
import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.command.Dispatcher;
import dev.sigrun.kernel.command.Replay;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.config.text.Errno;
import dev.sigrun.kernel.loop.Owner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Executes the commands of a file: a thread reads and looks at what it reads, and the owner
 * executes it a little at a time. Owner thread only, but for {@link #read}.
 */
final class FileReplay {
    private static final int PIECE_BYTES = 128 * 1024;
    private static final int PIECES_MAX = 8;
    private static final long SLICE_NANOS = 300_000;
    private static final int STEP_COMMANDS = 16;

    private final Disk disk;
    private final Path path;
    private final long from;
    private final Owner owner;
    private final Clock clock;
    private final Replay replay;
    private final Session session;
    private final Consumer<Result> done;
    private final CommandScan scan;
    private final Semaphore room = new Semaphore(PIECES_MAX);
    private final Queue<Part> parts = new ArrayDeque<>();
    private final Runnable work = this::work;
    private String refusal;
    private Result last;
    private boolean idle = true;
    private long bytesRead;
    private volatile boolean stopped;

    /** Some of the file. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Part(byte[] content, int length, long bytes, Result end) {}

    /** How the file ended. */
    enum Ending {
        /** All of it has been executed. */
        COMPLETE,
        /** It ends within a command or a transaction. */
        SHORT,
        /** It makes no sense. */
        BROKEN,
        /** It cannot be read. */
        UNREADABLE,
        /** It has a command that there is none of. */
        REFUSED
    }

    /**
     * How it went.
     *
     * @param validEnd where the last command ends that was executed
     * @param inMulti whether it ends within a transaction
     * @param reason what is wrong; null when there is nothing to say
     */
    record Result(Ending ending, long validEnd, boolean inMulti, String reason) {}

    /**
     * Makes one that has not begun.
     *
     * @param from where in the file the commands begin
     */
    FileReplay(
            Disk disk,
            Path path,
            long from,
            Owner owner,
            Clock clock,
            Dispatcher dispatcher,
            Consumer<Result> done) {
        this.disk = disk;
        this.path = path;
        this.from = from;
        this.owner = owner;
        this.clock = clock;
        this.done = done;
        this.scan = new CommandScan(from);
        session = new Session(dispatcher.sessions().nextId(), FileTransport.INSTANCE, 0);
        session.replicated(true);
        session.authenticated(true, User.UNRESTRICTED);
        replay =
                new Replay(dispatcher, session, Dispatcher.BATCH_COMMANDS_MAX, this::commandFailed);
    }

    /** Begins. */
    void begin(Background background) {
        background.run("aof-read", this::read);
    }

    /** Bytes of the file that have been executed, or nearly. */
    long bytes() {
        return bytesRead;
    }

    /** Ends it before its time; nothing is said then. */
    void cancel() {
        stopped = true;
        room.release(PIECES_MAX);
        parts.clear();
        replay.free();
    }

    // ---- on the thread that reads ----

    private void read() {
        try (Disk.Reading file = disk.read(path)) {
            file.position(from);
            while (!stopped) {
                room.acquire();
                byte[] content = new byte[PIECE_BYTES];
                int length = file.read(content, 0, content.length);
                int kept = length <= 0 ? 0 : scan.take(content, length);
                boolean isLast = length < 0 || scan.isBroken();
                hand(new Part(content, kept, Math.max(length, 0), isLast ? result() : null));
                if (isLast) {
                    return;
                }
            }
        } catch (IOException e) {
            hand(new Part(new byte[0], 0, 0, unreadable(Errno.text(e))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Result unreadable(String reason) {
        return new Result(Ending.UNREADABLE, 0, false, reason);
    }

    private Result result() {
        Ending ending =
                scan.isBroken()
                        ? Ending.BROKEN
                        : scan.isInside() || scan.isInMulti() ? Ending.SHORT : Ending.COMPLETE;
        return new Result(ending, scan.validEnd(), scan.isInMulti(), null);
    }

    private void hand(Part part) {
        owner.execute(() -> {
            parts.add(part);
            if (idle) {
                idle = false;
                work();
            }
        });
    }

    // ---- on the owner ----

    /** Some of the work; the rest in later turns. */
    private void work() {
        long begin = clock.nanos();
        while (!stopped) {
            if (replay.run(STEP_COMMANDS) == 0 && !goOn()) {
                return;
            }
            if (refusal != null) {
                end(new Result(Ending.REFUSED, 0, false, refusal));
            } else if (clock.nanos() - begin > SLICE_NANOS) {
                owner.execute(work);
                return;
            }
        }
    }

    /** All has been executed that has come; says whether there is more. */
    private boolean goOn() {
        if (session.isBlocked()) {
            refusal = "a command of the file waits";
            return true;
        }
        if (replay.error() != null) {
            end(new Result(Ending.BROKEN, 0, false, null));
            return false;
        }
        if (last != null) {
            end(last);
            return false;
        }
        Part part = parts.poll();
        if (part == null) {
            idle = true;
            return false;
        }
        bytesRead += part.bytes();
        last = part.end();
        replay.feed(part.content(), 0, part.length());
        room.release();
        return true;
    }

    private void end(Result result) {
        stopped = true;
        room.release(PIECES_MAX);
        parts.clear();
        session.reset();
        replay.free();
        done.accept(result);
    }

    private void commandFailed(String error) {
        if (refusal == null
                && (error.startsWith("ERR unknown command")
                        || error.startsWith("ERR unknown subcommand")
                        || error.startsWith("ERR wrong number of arguments"))) {
            refusal = error.substring("ERR ".length());
        }
    }
}
