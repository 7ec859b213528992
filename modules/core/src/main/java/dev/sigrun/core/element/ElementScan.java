// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.element;

import dev.sigrun.core.generic.ScanCursor;
import dev.sigrun.memory.dict.Dict;
import dev.sigrun.memory.dict.DictVisitor;
import dev.sigrun.memory.dict.Item;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.GlobPattern;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.reply.ReplyWriter;

/**
 * The cursor and the options of SSCAN, HSCAN and ZSCAN. The key comes before the cursor; options
 * are read only once the key is known to be there. Owner thread only; one object serves a command.
 */
public final class ElementScan implements DictVisitor {
    private static final int CURSOR = 2;
    private static final int FIRST_OPTION = 3;
    private static final long COUNT_DEFAULT = 10;

    private static final CommandException NO_VALUES =
            CommandException.of("NOVALUES option can only be used in HSCAN");
    private static final CommandException NO_SCORES =
            CommandException.of("NOSCORES option can only be used in ZSCAN");

    private final String keysOnlyWord;
    private final ElementBytes content = new ElementBytes();
    private GlobPattern pattern;
    private long count;
    private boolean keysOnly;
    private long seen;
    private ReplyWriter reply;
    private long mark;
    private int answered;

    /**
     * Makes the options of one command.
     *
     * @param keysOnlyWord the word by which it leaves values out: {@code NOVALUES}, {@code
     *     NOSCORES} or null
     */
    public ElementScan(String keysOnlyWord) {
        this.keysOnlyWord = keysOnlyWord;
    }

    /**
     * The cursor that was sent.
     *
     * @throws CommandException when it is none
     */
    public static long cursor(Args args) throws CommandException {
        return ScanCursor.parse(args.bytes(CURSOR));
    }

    /** Answers that the scan is over and nothing was found. */
    public static void answerNothing(ReplyWriter reply) {
        reply.array(2);
        reply.bulk(0);
        reply.array(0);
    }

    /**
     * Reads the options.
     *
     * @throws CommandException when one of them is none
     */
    public void parse(Args args) throws CommandException {
        pattern = null;
        count = COUNT_DEFAULT;
        keysOnly = false;
        for (int i = FIRST_OPTION; i < args.count(); i++) {
            boolean hasValue = i + 1 < args.count();
            if (args.is(i, "COUNT") && hasValue) {
                i++;
                count = args.longAt(i);
                if (count < 1) {
                    throw CommandException.SYNTAX;
                }
            } else if (args.is(i, "MATCH") && hasValue) {
                i++;
                pattern = GlobPattern.of(args.bytes(i));
            } else {
                takeWord(args, i);
            }
        }
    }

    private void takeWord(Args args, int index) throws CommandException {
        if (keysOnlyWord != null && args.is(index, keysOnlyWord)) {
            keysOnly = true;
        } else if (args.is(index, "NOVALUES")) {
            throw NO_VALUES;
        } else if (args.is(index, "NOSCORES")) {
            throw NO_SCORES;
        } else {
            throw CommandException.SYNTAX;
        }
    }

    /**
     * Begins an answer that elements follow.
     *
     * @param end where the scan will have come to
     */
    public void begin(ReplyWriter to, long end) {
        reply = to;
        answered = 0;
        reply.array(2);
        reply.bulk(Long.toUnsignedString(end));
        mark = reply.deferredArray();
    }

    /** Counts one thing that was answered since. */
    public void answered() {
        answered++;
    }

    /** Ends the answer. */
    public void finish() {
        reply.closeArray(mark, answered);
        reply = null;
    }

    /** Whether only keys are answered. */
    public boolean keysOnly() {
        return keysOnly;
    }

    /** How many elements to look at, roughly. */
    public long count() {
        return count;
    }

    /** Whether the pattern takes a name. */
    public boolean matches(Bytes name) {
        return pattern == null || pattern.matches(name);
    }

    /** Whether the pattern takes an element's content. */
    public boolean matches(long element) {
        return pattern == null || pattern.matches(content.over(element));
    }

    /** Whether the pattern takes an item's content. */
    public boolean matches(Item item) {
        return pattern == null || pattern.matches(content.over(item));
    }

    /**
     * Where a scan of so many elements will have come to: the reply has that before the elements.
     *
     * @param root of a dictionary that does not change until the elements have been answered
     */
    public long end(Dict dict, long root, long cursor) {
        long stepsLeft = ScanCursor.stepsMax(count);
        long at = cursor;
        seen = 0;
        do {
            at = dict.scan(root, at, this);
            stepsLeft--;
        } while (at != 0 && stepsLeft > 0 && seen < count);
        return at;
    }

    /** Counts the elements that {@link #end} passes. */
    @Override
    public void visit(long position) {
        seen++;
    }
}
