// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.primary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.kernel.command.ReplyGate;
import dev.sigrun.kernel.loop.Owner;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

/** What of the stream may be sent while the file behind it is not safe yet. */
final class StreamHoldTest {
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final ReplyGate gate = new ReplyGate();
    private int told;
    private final StreamHold hold = new StreamHold(gate, new Tasks(), () -> told++);

    private final class Tasks implements Owner {
        @Override
        public boolean isOwner() {
            return true;
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public void after(long delayMillis, Runnable task) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void every(long periodMillis, Runnable task) {
            throw new UnsupportedOperationException();
        }
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
    }

    @Test
    void holdsNothingWhereRepliesDoNotWait() {
        hold.grown(100);

        assertEquals(100, hold.sendable(1, 100));
        hold.turnEnded(100);
        assertEquals(100, hold.sendable(1, 100));
    }

    @Test
    void holdsWhatIsNotSafeFromTheVeryMomentAndNothingBefore() {
        hold.grown(100);
        gate.written(10);
        hold.grown(150);

        assertEquals(100, hold.sendable(1, 150));
        assertEquals(0, hold.sendable(101, 50));
        hold.turnEnded(150);
        gate.safe(10);
        runTasks();
        assertEquals(50, hold.sendable(101, 50));
        assertEquals(1, told);
    }

    @Test
    void eachTurnIsReleasedWhenItIsSafeThoughMoreIsWritten() {
        gate.written(10);
        hold.grown(100);
        hold.turnEnded(100);
        gate.written(20);
        hold.grown(200);
        hold.turnEnded(200);
        gate.safe(10);
        runTasks();

        assertEquals(100, hold.sendable(1, 200));
        gate.written(30);
        hold.grown(300);
        gate.safe(20);
        runTasks();
        assertEquals(200, hold.sendable(1, 300));
        hold.turnEnded(300);
        gate.safe(30);
        runTasks();
        assertEquals(300, hold.sendable(1, 300));
    }

    @Test
    void whatIsSafeBeforeTheTurnEndsIsNotHeldAnyMore() {
        gate.written(10);
        hold.grown(100);
        gate.safe(10);
        hold.turnEnded(100);

        assertEquals(100, hold.sendable(1, 100));
    }
}
