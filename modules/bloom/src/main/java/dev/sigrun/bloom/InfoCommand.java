// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom;

import dev.sigrun.bloom.filter.Errors;
import dev.sigrun.bloom.filter.Filter;
import dev.sigrun.bloom.filter.Shape;
import dev.sigrun.bloom.filter.SipKey;
import dev.sigrun.bloom.filter.Sizing;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.reply.ReplyWriter;

/** Owner thread only. {@code BF.INFO}. */
final class InfoCommand {
    private static final CommandException ARITY = Errors.arity("BF.INFO");
    private static final int FIELD = 2;
    private static final int PAIRS_FIXED = 6;
    private static final int PAIRS_SCALING = 8;

    private final Vault vault;

    InfoCommand(Vault vault) {
        this.vault = vault;
    }

    void info(CommandContext context) throws CommandException {
        final Args args = context.args();
        if (args.count() < FIELD || args.count() > FIELD + 1) {
            throw ARITY;
        }
        final Filter<?> filter = vault.find(context.read(1));
        if (filter == null) {
            throw Errors.NOT_FOUND;
        }
        if (args.count() == FIELD) {
            all(filter, context.reply());
        } else {
            one(filter, args, context.reply());
        }
    }

    private void one(Filter<?> filter, Args args, ReplyWriter reply) throws CommandException {
        final boolean scales = filter.expansion() != 0;
        if (args.is(FIELD, "CAPACITY")) {
            reply.integer(filter.capacity());
        } else if (args.is(FIELD, "SIZE")) {
            reply.integer(filter.sizeBytes());
        } else if (args.is(FIELD, "FILTERS")) {
            reply.integer(filter.layers());
        } else if (args.is(FIELD, "ITEMS")) {
            reply.integer(filter.items());
        } else if (args.is(FIELD, "ERROR")) {
            reply.dbl(filter.errorRate());
        } else if (args.is(FIELD, "EXPANSION")) {
            expansion(filter, reply);
        } else if (scales && args.is(FIELD, "TIGHTENING")) {
            reply.dbl(filter.tightening());
        } else if (scales && args.is(FIELD, "MAXSCALEDCAPACITY")) {
            reply.integer(capacityMax(filter));
        } else {
            throw Errors.BAD_FIELD;
        }
    }

    private void all(Filter<?> filter, ReplyWriter reply) throws CommandException {
        final boolean scales = filter.expansion() != 0;
        final long capacityMax = scales ? capacityMax(filter) : 0;
        reply.array(2 * (scales ? PAIRS_SCALING : PAIRS_FIXED));
        reply.simple("Capacity");
        reply.integer(filter.capacity());
        reply.simple("Size");
        reply.integer(filter.sizeBytes());
        reply.simple("Number of filters");
        reply.integer(filter.layers());
        reply.simple("Number of items inserted");
        reply.integer(filter.items());
        reply.simple("Error rate");
        reply.dbl(filter.errorRate());
        reply.simple("Expansion rate");
        expansion(filter, reply);
        if (scales) {
            reply.simple("Tightening ratio");
            reply.dbl(filter.tightening());
            reply.simple("Max scaled capacity");
            reply.integer(capacityMax);
        }
    }

    private static void expansion(Filter<?> filter, ReplyWriter reply) {
        if (filter.expansion() == 0) {
            reply.nil();
        } else {
            reply.integer(filter.expansion());
        }
    }

    private long capacityMax(Filter<?> filter) throws CommandException {
        Shape shape =
                new Shape(
                        filter.errorRate(),
                        filter.tightening(),
                        filter.layer(0).capacity(),
                        filter.expansion(),
                        SipKey.FIXED);
        return Sizing.scaledCapacity(shape, Sizing.UNBOUNDED, vault.settings.memoryLimit());
    }
}
