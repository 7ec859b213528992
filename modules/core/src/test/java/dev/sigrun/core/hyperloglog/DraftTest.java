// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hyperloglog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changed HyperLogLogs have the registers they should, and damaged ones do no damage. */
final class DraftTest {
    private final Allocator allocator = new Allocator();
    private final CoreMemory memory = new CoreMemory(1, 2);
    private SplittableRandom random;
    private Draft draft;

    /** A view of a block that has no byte to spare, so that the checked mode sees every slip. */
    private static final class View extends Bytes {
        private View(long address, int length) {
            this.address = address;
            this.length = length;
        }
    }

    @BeforeEach
    void start() {
        long seed = Long.getLong("sigrun.test.seed", System.nanoTime());
        System.out.println("DraftTest: -Dsigrun.test.seed=" + seed);
        random = new SplittableRandom(seed);
        memory.open(new AllocatorAccount(allocator));
        draft = new Draft(memory);
    }

    @AfterEach
    void close() {
        assertEquals(0, allocator.usedBytes());
        allocator.close();
    }

    /** Registers near each other, so that runs are split and joined a lot. */
    private int index() {
        int near = random.nextInt(8) * 2000;
        boolean anywhere = random.nextInt(3) == 0;
        return anywhere ? random.nextInt(Layout.REGISTERS) : near + random.nextInt(40);
    }

    private int value() {
        return random.nextInt(500) == 0 ? random.nextInt(33, 52) : 1 + random.nextInt(3);
    }

    @Test
    void raisedRegistersAreRaisedInEitherEncoding() throws CommandException {
        for (int round = 0; round < 30; round++) {
            int[] model = new int[Layout.REGISTERS];
            int changes = random.nextInt(1, 3000);
            draft.open(null, random.nextInt(40, 6000), changes);
            boolean ascending = random.nextBoolean();
            int next = 0;
            for (int i = 0; i < changes; i++) {
                next = ascending ? next + random.nextInt(12) : index();
                int index = next % Layout.REGISTERS;
                int value = value();
                assertEquals(model[index] < value, draft.raise(index, value));
                model[index] = Math.max(model[index], value);
            }
            check(model);
            draft.close();
        }
    }

    private void check(int[] model) throws CommandException {
        Registers union = new Registers();
        draft.mergeInto(union);
        for (int i = 0; i < Layout.REGISTERS; i++) {
            assertEquals(model[i], union.get(i));
        }
        draft.makeDense();
        union.clear();
        draft.mergeInto(union);
        for (int i = 0; i < Layout.REGISTERS; i++) {
            assertEquals(model[i], union.get(i));
        }
    }

    @Test
    void damagedStringsAreRefusedOrHarmless() {
        Reader reader = new Reader();
        Registers union = new Registers();
        for (int round = 0; round < 4000; round++) {
            int length = Layout.HEADER_BYTES + random.nextInt(60);
            long block = allocator.allocate(length);
            Layout.writeHeader(block, Layout.SPARSE);
            for (int i = Layout.HEADER_BYTES; i < length; i++) {
                int end = random.nextInt(4) == 0 ? 256 : 128;
                Memory.putByte(block + i, (byte) random.nextInt(end));
            }
            Bytes damaged = new View(block, length);
            quietly(() -> reader.estimate(block, length));
            quietly(() -> reader.merge(block, length, union));
            quietly(() -> reader.text(damaged));
            quietly(() -> raiseSome(damaged));
            allocator.free(block, length);
        }
    }

    private void raiseSome(Bytes content) throws CommandException {
        Layout.check(content);
        draft.open(content, 200, 5);
        try {
            for (int i = 0; i < 5; i++) {
                draft.raise(random.nextInt(Layout.REGISTERS), value());
            }
        } finally {
            draft.close();
        }
    }

    /** Something that may only fail as a client's error. */
    private interface Attempt {
        void run() throws CommandException;
    }

    private static void quietly(Attempt attempt) {
        try {
            attempt.run();
        } catch (CommandException e) {
            assertEquals(Layout.CORRUPT, e);
        }
    }

    @Test
    void whatIsTooLongToBeRightIsRefused() {
        int length = Layout.SPARSE_LENGTH_MAX + 1;
        long block = allocator.allocate(length);
        Memory.set(block, length, (byte) 0);
        Layout.writeHeader(block, Layout.SPARSE);
        View content = new View(block, length);
        assertEquals(
                Layout.CORRUPT, assertThrows(CommandException.class, () -> Layout.check(content)));
        allocator.free(block, length);
    }
}
