// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.loop.Owner;

/**
 * The batches of several connections of an IO thread, which go to the owner together and come back
 * together: so each side is woken once for all of them. One thread at a time has it, and the loops'
 * queues order memory in between. The limit lets the owner begin while the thread still reads.
 */
final class Shipment implements Runnable {
    private static final int BATCHES_MAX = 16;

    private final LoopState state;
    private final Owner owner;
    private final RequestFlow[] flows = new RequestFlow[BATCHES_MAX];
    private int count;
    private boolean isExecuted;

    Shipment(LoopState state, Owner owner) {
        this.state = state;
        this.owner = owner;
    }

    /**
     * Takes a connection's batch in. On the loop.
     *
     * @return whether there is no more room
     */
    boolean add(RequestFlow flow) {
        flows[count++] = flow;
        return count == BATCHES_MAX;
    }

    /** Goes to the owner. On the loop. */
    void send() {
        isExecuted = false;
        owner.execute(this);
    }

    @Override
    public void run() {
        if (isExecuted) {
            giveBack();
        } else {
            execute();
        }
    }

    private void execute() {
        for (int i = 0; i < count; i++) {
            if (!flows[i].execute()) {
                // The session is blocked; its batch comes back by itself when it goes on.
                flows[i] = null;
            }
        }
        isExecuted = true;
        state.loop().execute(this);
    }

    private void giveBack() {
        for (int i = 0; i < count; i++) {
            RequestFlow flow = flows[i];
            flows[i] = null;
            if (flow != null) {
                flow.returned();
            }
        }
        count = 0;
        state.giveShipment(this);
    }
}
