// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hyperloglog;

import static dev.sigrun.spi.command.CommandFlag.ADMIN;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import java.util.random.RandomGenerator;

/**
 * PFSELFTEST: whether registers keep what they are given, both encodings agree, and estimates are
 * as near as they should be. Owner thread only, which it holds for some tens of milliseconds: a
 * tenth of the elements that Valkey adds tell as much.
 */
final class PfselftestCommand implements CommandHandler {
    private static final int REGISTER_ROUNDS = 100;
    private static final int ELEMENTS = 1_000_000;

    /** Sparse registers are compared as long as there are so few elements. */
    private static final int SPARSE_ELEMENTS_MAX = 1000;

    private static final double STANDARD_ERROR = 1.04 / 128;

    private final CoreMemory memory;
    private final Draft draft;
    private final Registers expected = new Registers();
    private final Reader reader = new Reader();

    private PfselftestCommand(CoreMemory memory) {
        this.memory = memory;
        this.draft = new Draft(memory);
    }

    static void register(Registrar registrar, CoreMemory memory) {
        registrar.command(
                HyperLogLogCommands.command("PFSELFTEST", 1).flags(ADMIN).build(),
                new PfselftestCommand(memory));
    }

    @Override
    public void handle(CommandContext context) throws CommandException {
        long dense = memory.allocate(Layout.DENSE_LENGTH);
        try {
            checkRegisters(dense, context.random());
        } finally {
            memory.free(dense, Layout.DENSE_LENGTH);
        }
        draft.open(null, Layout.SPARSE_LENGTH_MAX, SPARSE_ELEMENTS_MAX);
        try {
            checkEstimates(context.random().nextLong());
        } finally {
            draft.close();
        }
        context.reply().ok();
    }

    private void checkRegisters(long dense, RandomGenerator random) throws CommandException {
        long registers = dense + Layout.HEADER_BYTES;
        for (int round = 0; round < REGISTER_ROUNDS; round++) {
            expected.clear();
            for (int index = 0; index < Layout.REGISTERS; index++) {
                int value = random.nextInt(64);
                expected.raise(index, 1, value);
                DenseRegisters.set(registers, index, value);
            }
            for (int index = 0; index < Layout.REGISTERS; index++) {
                int value = DenseRegisters.get(registers, index);
                if (value != expected.get(index)) {
                    int wanted = expected.get(index);
                    throw failed("Register " + index + " should be " + wanted + " but is " + value);
                }
            }
        }
    }

    private void checkEstimates(long seed) throws CommandException {
        expected.clear();
        int checkpoint = 1;
        for (int added = 1; added <= ELEMENTS; added++) {
            int element = Element.ofHash(Element.hash(added ^ seed));
            expected.raise(Element.index(element), 1, Element.run(element));
            if (added <= SPARSE_ELEMENTS_MAX) {
                draft.raise(Element.index(element), Element.run(element));
            }
            if (added == checkpoint) {
                checkEstimate(checkpoint);
                checkpoint *= 10;
            }
        }
    }

    private void checkEstimate(int elements) throws CommandException {
        long estimate = reader.estimate(expected);
        if (elements <= SPARSE_ELEMENTS_MAX) {
            if (!draft.isSparse()) {
                throw failed("sparse encoding not used");
            } else if (draft.estimate() != estimate) {
                throw failed("dense/sparse disagree");
            }
        }
        long error = Math.abs(elements - estimate);
        // Two of ten elements meet in one register too often for the bound to hold.
        double errorMax = elements == 10 ? 1 : Math.ceil(STANDARD_ERROR * 6 * elements);
        if (error > errorMax) {
            throw failed("Too big error. card:" + elements + " abserr:" + error);
        }
    }

    private static CommandException failed(String what) {
        return CommandException.of("TESTFAILED " + what);
    }
}
