// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.geo;

import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RO;

import dev.sigrun.core.sortedset.SortedSetReader;
import dev.sigrun.core.sortedset.SortedSetType;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.reply.ReplyWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** GEOPOS, GEOHASH and GEODIST: where members are. Owner thread only; none allocates. */
final class MemberCommands {
    private static final String ALPHABET = "0123456789bcdefghjkmnpqrstuvwxyz";
    private static final int GEOHASH_LENGTH = 11;
    private static final int BITS_PER_LETTER = 5;
    private static final int BITS = 2 * Geohash.STEP_MAX;

    private final SortedSetReader places;
    private final Distance distance = new Distance(new Trigonometry());
    private final NumberText text = new NumberText();
    private final MemorySegment letters = Arena.ofAuto().allocate(GEOHASH_LENGTH);

    private MemberCommands(SortedSetType type) {
        this.places = new SortedSetReader(type);
    }

    static void register(Registrar registrar, SortedSetType type) {
        MemberCommands commands = new MemberCommands(type);
        declare(registrar, "GEOPOS", -2, commands::geopos);
        declare(registrar, "GEOHASH", -2, commands::geohash);
        declare(registrar, "GEODIST", -4, commands::geodist);
    }

    private static void declare(
            Registrar registrar, String name, int arity, CommandHandler handler) {
        registrar.command(
                GeoCommands.command(name, arity)
                        .flags(READONLY)
                        .key(KeySpec.at(1, RO, ACCESS))
                        .build(),
                handler);
    }

    private void geopos(CommandContext context) throws CommandException {
        Args args = context.args();
        ReplyWriter reply = context.reply();
        places.open(context.read(1));
        reply.array(args.count() - 2);
        for (int i = 2; i < args.count(); i++) {
            if (places.find(args.bytes(i))) {
                Search.replyPlace(reply, text, places.score());
            } else {
                reply.nilArray();
            }
        }
    }

    private void geohash(CommandContext context) throws CommandException {
        Args args = context.args();
        ReplyWriter reply = context.reply();
        places.open(context.read(1));
        reply.array(args.count() - 2);
        for (int i = 2; i < args.count(); i++) {
            if (places.find(args.bytes(i))) {
                writeGeohash(Geohash.bits(places.score()));
                reply.bulk(letters.address(), GEOHASH_LENGTH);
            } else {
                reply.nil();
            }
        }
    }

    /** Geohashes as they are exchanged reach up to the poles, so the place is put in their grid. */
    private void writeGeohash(long bits) {
        long cell =
                Geohash.cell(
                        Geohash.longitude(bits),
                        Geohash.latitude(bits),
                        Geohash.LATITUDE_MAX_OF_TEXT,
                        Geohash.STEP_MAX);
        for (int i = 0; i < GEOHASH_LENGTH; i++) {
            int shift = BITS - (i + 1) * BITS_PER_LETTER;
            // The last letter would need bits that a score does not have.
            int letter = shift < 0 ? 0 : (int) (cell >>> shift) & 31;
            Memory.putByte(letters.address() + i, (byte) ALPHABET.charAt(letter));
        }
    }

    private void geodist(CommandContext context) throws CommandException {
        Args args = context.args();
        double unitMeters = GeoUnit.METER;
        if (args.count() == 5) {
            unitMeters = GeoUnit.meters(args, 4);
        } else if (args.count() > 5) {
            throw CommandException.SYNTAX;
        }
        places.open(context.read(1));
        if (!places.find(args.bytes(2))) {
            context.reply().nil();
            return;
        }
        long from = Geohash.bits(places.score());
        if (!places.find(args.bytes(3))) {
            context.reply().nil();
            return;
        }
        long to = Geohash.bits(places.score());
        distance.from(Geohash.longitude(from), Geohash.latitude(from));
        double meters = distance.to(Geohash.longitude(to), Geohash.latitude(to));
        text.distance(meters / unitMeters);
        context.reply().bulk(text.address(), text.length());
    }
}
