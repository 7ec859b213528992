// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.measure;

import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.command.CommandTable;
import dev.sigrun.kernel.command.LatencyHistogram;
import dev.sigrun.kernel.config.text.ByteText;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.reply.ReplyWriter;

/** {@code LATENCY HISTOGRAM}: how many calls took at most how long. Owner thread only. */
final class LatencyHistograms {
    /** Powers of two of nanoseconds at which it is told how many calls took less. */
    private static final int FIRST_POWER = 10;

    private static final int LAST_POWER = 30;

    /** Valkey names the end of the first 128th behind a power; tools look for these numbers. */
    private static final int NAME_SHIFT = 7;

    private final CommandTable table;

    LatencyHistograms(CommandTable table) {
        this.table = table;
    }

    void write(CommandContext command) {
        ReplyWriter reply = command.reply();
        Args args = command.args();
        long mark = reply.deferredArray();
        int count = 0;
        if (args.count() == 2) {
            for (Command each : table.all()) {
                count += write(reply, each);
            }
        }
        for (int i = 2; i < args.count(); i++) {
            Command named = named(args.bytes(i).text());
            count += named == null ? 0 : write(reply, named);
        }
        reply.closeMap(mark, count);
    }

    private Command named(String name) {
        int bar = name.indexOf('|');
        Command command = table.find(bar < 0 ? name : name.substring(0, bar));
        return bar < 0 || command == null
                ? command
                : command.subcommands().find(name.substring(bar + 1));
    }

    /** Writes a command and its sub-commands; returns how many of them have ever run. */
    private static int write(ReplyWriter reply, Command command) {
        int count = 0;
        if (command.latency() != null) {
            reply.bulk(ByteText.toBytes(command.fullName()));
            write(reply, command.latency());
            count++;
        }
        for (Command sub : command.subcommands().all()) {
            count += write(reply, sub);
        }
        return count;
    }

    private static void write(ReplyWriter reply, LatencyHistogram histogram) {
        reply.map(2);
        reply.bulk("calls");
        reply.integer(histogram.total());
        reply.bulk("histogram_usec");
        long mark = reply.deferredArray();
        int count = 0;
        long before = 0;
        for (int power = FIRST_POWER; before < histogram.total(); power++) {
            long less = power < LAST_POWER ? histogram.below(power) : histogram.total();
            if (less > before) {
                reply.integer(((1L << power) + (1L << power - NAME_SHIFT) - 1) / 1000);
                reply.integer(less);
                count++;
            }
            before = less;
        }
        reply.closeMap(mark, count);
    }
}
