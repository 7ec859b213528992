// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server.metrics;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.loop.Owner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Something that others want to know of the owner. As long as it has not answered nobody asks
 * again, so that an owner with much to do is not given more by those who watch it. Any thread.
 */
final class OwnerQuestion<T> {
    private final Owner owner;
    private final Clock clock;
    private final Supplier<T> answer;
    private Asked<T> pending;
    private volatile Answer<T> latest;

    /**
     * An answer.
     *
     * @param value what the owner said
     * @param nanos when it did
     */
    record Answer<T>(T value, long nanos) {}

    /** Somebody, or several, wait for an answer. */
    private static final class Asked<T> {
        private final CountDownLatch answered = new CountDownLatch(1);
        private volatile Answer<T> answer;
    }

    /**
     * Makes a question.
     *
     * @param answer gives the answer; called by the owner
     */
    OwnerQuestion(Owner owner, Clock clock, Supplier<T> answer) {
        this.owner = owner;
        this.clock = clock;
        this.answer = answer;
    }

    /** Asks, and waits for a while; null when there is no answer by then. */
    Answer<T> ask(long millis) throws InterruptedException {
        Asked<T> asked = asked();
        return asked != null && asked.answered.await(millis, TimeUnit.MILLISECONDS)
                ? asked.answer
                : null;
    }

    /** The newest answer there was; null for none yet. */
    Answer<T> latest() {
        return latest;
    }

    private synchronized Asked<T> asked() {
        if (pending == null) {
            Asked<T> asked = new Asked<>();
            try {
                owner.execute(() -> answer(asked));
            } catch (RejectedExecutionException e) {
                return null; // The server is about to end.
            }
            pending = asked;
        }
        return pending;
    }

    private void answer(Asked<T> asked) {
        try {
            asked.answer = new Answer<>(answer.get(), clock.nanos());
            latest = asked.answer;
        } finally {
            forget();
            asked.answered.countDown();
        }
    }

    private synchronized void forget() {
        pending = null;
    }
}
