// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.wire.ReplyBuffer;
import dev.sigrun.kernel.wire.RequestBatch;
import dev.sigrun.kernel.wire.RequestParser;
import dev.sigrun.kernel.wire.ScratchSpace;
import dev.sigrun.memory.Memory;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Executes a stream of commands that comes from a primary or from a file, as the session that it is
 * given, whose replies nobody reads. What is fed is kept until the commands in it are complete and
 * have run. Owner thread only.
 */
public final class Replay {
    private static final long BULK_BYTES_MAX = Integer.MAX_VALUE - 1024;
    private static final int SHOWN_BYTES_MAX = 256;

    private final Dispatcher dispatcher;
    private final Session session;
    private final Consumer<String> onError;
    private final RequestParser parser = new RequestParser();
    private final RequestBatch batch;
    private final ScratchSpace input = new ScratchSpace();
    private final ScratchSpace output = new ScratchSpace();
    private Tap tap = (address, length) -> {};
    private int used;
    private int tappedEnd;
    private int nextCommand;
    private int batchEnd;
    private int appliedEnd;
    private long forgottenBytes;
    private boolean underWay;

    /**
     * Makes an empty stream.
     *
     * @param session in whose name the commands run; it should be {@link Session#replicated}
     * @param batchCommands how many commands are looked up together, 1 to {@link
     *     Dispatcher#BATCH_COMMANDS_MAX}; with 1, {@link #appliedBytes} is exact while one runs
     * @param onError is told the error that a command of the stream was answered with
     */
    public Replay(
            Dispatcher dispatcher, Session session, int batchCommands, Consumer<String> onError) {
        this.batch = new RequestBatch(batchCommands);
        this.dispatcher = dispatcher;
        this.session = session;
        this.onError = onError;
    }

    /** Sees what was executed. */
    @FunctionalInterface
    public interface Tap {
        /**
         * Bytes of the stream were executed, whole commands and whatever stands between them.
         *
         * @param address lent until this returns
         */
        void executed(long address, int length);
    }

    /** Says who sees what was executed, in batches of one command right behind each. */
    public void tap(Tap newTap) {
        tap = newTap;
    }

    /** Adds bytes to the stream; they are copied. */
    public void feed(long address, int length) {
        if (input.capacity() - used < length) {
            input.grow(used, length);
        }
        Memory.copy(address, input.address() + used, length);
        used += length;
    }

    /** Adds bytes from the heap. */
    public void feed(byte[] content, int offset, int length) {
        if (input.capacity() - used < length) {
            input.grow(used, length);
        }
        Memory.copy(content, offset, input.address() + used, length);
        used += length;
    }

    /**
     * Executes commands that are complete, until none is left, the session is blocked or closes, or
     * something is wrong with the stream. Does nothing when a command of this very stream is under
     * way. What was executed is forgotten.
     *
     * @param commandsMax stops when at least so many have run
     * @return how many were executed
     */
    public int run(int commandsMax) {
        if (underWay) {
            return 0;
        }
        underWay = true;
        try {
            int done = 0;
            while (done < commandsMax && !session.isBlocked() && !session.isClosing()) {
                if (nextCommand == batch.commands() && !parse()) {
                    break;
                }
                done += runBatch();
            }
            return done;
        } finally {
            underWay = false;
            forget();
        }
    }

    /** Takes the next commands into the batch; says whether there is one. */
    private boolean parse() {
        batch.consume(0);
        nextCommand = 0;
        if (parser.error() == null) {
            parser.parse(batch, input.address(), used, Integer.MAX_VALUE, BULK_BYTES_MAX, true);
            batchEnd = parser.commandStart();
        }
        if (batch.commands() == 0) {
            // Empty requests are over as soon as they are seen.
            appliedEnd = batchEnd;
            tell();
            return false;
        }
        return true;
    }

    private int runBatch() {
        long errors = dispatcher.stats().errorReplies;
        ReplyBuffer reply = dispatcher.reply();
        reply.wrap(output, 0);
        int from = nextCommand;
        nextCommand = dispatcher.run(session, batch, input.address(), from);
        if (dispatcher.stats().errorReplies != errors) {
            report(reply);
        }
        if (nextCommand > 0) {
            appliedEnd = end(nextCommand - 1);
            tell();
        }
        return nextCommand - from;
    }

    private void tell() {
        int from = tappedEnd;
        tappedEnd = appliedEnd;
        if (from < appliedEnd) {
            tap.executed(input.address() + from, appliedEnd - from);
        }
    }

    /** Where a command of the batch ends. */
    private int end(int command) {
        if (command == batch.commands() - 1) {
            return batchEnd;
        }
        int last = batch.firstArgument(command) + batch.argumentCount(command) - 1;
        return batch.offset(last) + batch.length(last) + 2;
    }

    private void report(ReplyBuffer reply) {
        int length = Math.min(reply.used(), SHOWN_BYTES_MAX);
        byte[] bytes = new byte[length];
        Memory.copy(output.address(), bytes, 0, length);
        String text = new String(bytes, StandardCharsets.UTF_8);
        int error = text.startsWith("-") ? 0 : text.indexOf("\n-") + 1;
        int end = text.indexOf('\r', error);
        onError.accept(text.substring(Math.min(error + 1, length), end < 0 ? length : end));
    }

    /** Forgets what has been executed, and moves what has not to the front. */
    private void forget() {
        if (nextCommand < batch.commands()) {
            return;
        }
        int left = used - batchEnd;
        if (batchEnd > 0) {
            Memory.copy(input.address() + batchEnd, input.address(), left);
            batch.consume(batchEnd);
            nextCommand = 0;
            parser.rebase();
            forgottenBytes += batchEnd;
            used = left;
            batchEnd = 0;
            appliedEnd = 0;
            tappedEnd = 0;
        }
        if (used == 0) {
            input.trim();
            output.trim();
        }
    }

    /**
     * Bytes of the stream whose commands have run; while one runs, those before its batch. Exact
     * between two calls of {@link #run}, and always when batches are of one command.
     */
    public long appliedBytes() {
        return forgottenBytes + appliedEnd;
    }

    /** Bytes that were fed and have not run. */
    public long waitingBytes() {
        return forgottenBytes + used - appliedBytes();
    }

    /** What is wrong with the stream, once all before it has run; null for nothing. */
    public String error() {
        return nextCommand == batch.commands() ? parser.error() : null;
    }

    /** Gives all memory back; the stream is of no use any more. */
    public void free() {
        input.free();
        output.free();
    }
}
