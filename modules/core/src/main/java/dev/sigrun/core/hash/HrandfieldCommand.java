// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hash;

import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RO;

import dev.sigrun.core.element.RandomCount;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.reply.ReplyWriter;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/** HRANDFIELD. Owner thread only. */
final class HrandfieldCommand {
    /** Tries to hit a field that is seen, among many that are past their time. */
    private static final int TRIES_MAX = 100;

    /** A hash so many times larger than what is wanted is sampled rather than gone through. */
    private static final int SAMPLING_FACTOR = 3;

    private final Hashes hashes;

    HrandfieldCommand(Hashes hashes) {
        this.hashes = hashes;
    }

    void register(Registrar registrar) {
        registrar.command(
                HashCommands.command("HRANDFIELD", -2)
                        .flags(READONLY)
                        .key(KeySpec.at(1, RO, ACCESS))
                        .tips("nondeterministic_output")
                        .build(),
                this::hrandfield);
    }

    private void hrandfield(CommandContext context) throws CommandException {
        Args args = context.args();
        if (args.count() == 2) {
            HashValue hash = hashes.read(context);
            Hashes.say(context.reply(), hash == null ? 0 : pick(hash, context.random()));
            return;
        }
        long count = RandomCount.parse(args, 2);
        boolean values = args.count() == 4 && args.is(3, "WITHVALUES");
        if (args.count() > 3 && !values) {
            throw CommandException.SYNTAX;
        }
        if (values && (count < -Long.MAX_VALUE / 2 || count > Long.MAX_VALUE / 2)) {
            throw CommandException.OUT_OF_RANGE;
        }
        HashValue hash = hashes.read(context);
        if (hash == null || count == 0) {
            context.reply().array(0);
            return;
        }
        RandomCount.limit(count);
        new Answer(context, values).write(hash, count);
    }

    /** A field that is seen, or 0 when none could be hit. */
    private static long pick(HashValue hash, RandomGenerator random) {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            long field = hash.random(random);
            if (hash.isSeenAt(field)) {
                return field;
            }
        }
        return 0;
    }

    /** One answer of several fields. */
    private static final class Answer {
        private final ReplyWriter reply;
        private final RandomGenerator random;
        private final boolean values;
        private final boolean paired;
        private int written;

        Answer(CommandContext context, boolean values) {
            this.reply = context.reply();
            this.random = context.random();
            this.values = values;
            this.paired = values && context.client().protocol() > 2;
        }

        void write(HashValue hash, long count) {
            long mark = reply.deferredArray();
            if (count < 0) {
                repeat(hash, -count);
            } else if (count >= hash.length()) {
                select(hash, Long.MAX_VALUE, Long.MAX_VALUE);
            } else if (count > hash.length() / SAMPLING_FACTOR) {
                select(hash, count, seen(hash));
            } else {
                sample(hash, count);
            }
            reply.closeArray(mark, values && !paired ? written * 2 : written);
        }

        private void put(long field) {
            if (paired) {
                reply.array(2);
            }
            Hashes.say(reply, field);
            if (values) {
                Hashes.say(reply, HashValue.valueOf(field));
            }
            written++;
        }

        private void repeat(HashValue hash, long count) {
            for (long left = count; left > 0; left--) {
                long field = pick(hash, random);
                if (field == 0) {
                    return;
                }
                put(field);
            }
        }

        private static long seen(HashValue hash) {
            if (!hash.hasTimes()) {
                return hash.length();
            }
            long seen = 0;
            hash.begin();
            while (hash.next() != 0) {
                seen++;
            }
            return seen;
        }

        /** Takes each field with the chance that leaves all choices equally likely. */
        private void select(HashValue hash, long count, long total) {
            long wanted = count;
            long left = total;
            hash.begin();
            for (long field = hash.next(); field != 0 && wanted > 0; field = hash.next()) {
                if (wanted >= left || random.nextLong(left) < wanted) {
                    put(field);
                    wanted--;
                }
                left--;
            }
        }

        private void sample(HashValue hash, long count) {
            Set<Long> taken = new HashSet<>();
            long triesLeft = count * 10;
            while (taken.size() < count && triesLeft-- > 0) {
                long field = pick(hash, random);
                if (field == 0) {
                    return;
                }
                if (taken.add(field)) {
                    put(field);
                }
            }
        }
    }
}
