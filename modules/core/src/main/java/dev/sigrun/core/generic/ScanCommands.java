// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.CommandFlag.TOUCHES_ARBITRARY_KEYS;

import dev.sigrun.spi.GlobPattern;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.KeyVisitor;
import dev.sigrun.spi.key.Keyspace;
import dev.sigrun.spi.reply.ReplyWriter;
import java.util.List;

/** Owner thread only. SCAN and KEYS: the names of the selected database, in parts or at once. */
final class ScanCommands {
    private ScanCommands() {}

    static void register(Registrar registrar) {
        registrar.command(
                GenericCommands.describe("SCAN", -2)
                        .flags(READONLY, TOUCHES_ARBITRARY_KEYS)
                        .tips(
                                "nondeterministic_output",
                                "request_policy:special",
                                "response_policy:special")
                        .build(),
                ScanCommands::scan);
        registrar.command(
                GenericCommands.describe("KEYS", 2)
                        .categories("dangerous")
                        .flags(READONLY)
                        .tips("request_policy:all_shards", "nondeterministic_output_order")
                        .build(),
                ScanCommands::keys);
    }

    private static void scan(CommandContext context) throws CommandException {
        Keyspace keyspace = context.keyspace();
        long cursor = ScanCursor.parse(context.args().bytes(1));
        ScanOptions options = ScanOptions.parse(context.args(), 2);
        KeyCollector collector = new KeyCollector(keyspace, options);
        long stepsLeft = ScanCursor.stepsMax(options.count());
        do {
            cursor = keyspace.scan(cursor, collector);
            stepsLeft--;
        } while (cursor != 0 && stepsLeft > 0 && collector.seen() < options.count());
        answer(context.reply(), cursor, collector.names());
    }

    private static void answer(ReplyWriter reply, long cursor, List<byte[]> names) {
        int count = names.size();
        reply.array(2);
        // Cursors use all 64 bits here, and one with a minus would not be taken back.
        reply.bulk(Long.toUnsignedString(cursor));
        reply.array(count);
        for (int i = 0; i < count; i++) {
            reply.bulk(names.get(i));
        }
    }

    private static void keys(CommandContext context) {
        Keyspace keyspace = context.keyspace();
        KeyLister lister = new KeyLister(GlobPattern.of(context.args().bytes(1)), context.reply());
        long mark = context.reply().deferredArray();
        long cursor = 0;
        do {
            cursor = keyspace.scan(cursor, lister);
        } while (cursor != 0);
        context.reply().closeArray(mark, lister.count);
    }

    /** Writes the names that match straight into the reply. */
    private static final class KeyLister implements KeyVisitor {
        private final GlobPattern pattern;
        private final ReplyWriter reply;
        private int count;

        private KeyLister(GlobPattern pattern, ReplyWriter reply) {
            this.pattern = pattern;
            this.reply = reply;
        }

        @Override
        public void visit(Key key) {
            if (key.isPresent() && pattern.matches(key.name())) {
                reply.bulk(key.name());
                count++;
            }
        }
    }
}
