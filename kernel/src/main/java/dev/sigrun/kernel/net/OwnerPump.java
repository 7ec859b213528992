// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.command.Dispatcher;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.loop.BusyLoop;
import dev.sigrun.kernel.wire.ReplyBuffer;

/**
 * Lets the owner's loop serve clients from within a command that takes long. Their commands are
 * answered by {@link Dispatcher#serveBusy}, and nothing else of the owner's happens meanwhile: its
 * timed work and what others want of it wait until the command has ended. Owner thread only.
 */
final class OwnerPump implements BusyLoop {
    private final ServingLoop loop;
    private final LoopState state;
    private final PatientOwner patient;
    private final Dispatcher dispatcher;
    private final ReplyBuffer.Place place = new ReplyBuffer.Place();
    private boolean pumping;

    OwnerPump(ServingLoop loop, LoopState state, PatientOwner patient, Dispatcher dispatcher) {
        this.loop = loop;
        this.state = state;
        this.patient = patient;
        this.dispatcher = dispatcher;
    }

    /** The command at hand may lie in the buffer that the others would be read into. */
    private void leaveReadBuffer() {
        Session running = dispatcher.running();
        if (running != null
                && running.transport() instanceof SessionTransport transport
                && transport.connection().input().isShared(state)) {
            state.renewReadBuffer();
        }
    }

    @Override
    public void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        leaveReadBuffer();
        patient.busy(true);
        dispatcher.serveBusy(true);
        dispatcher.reply().leave(place);
        try {
            loop.pump();
        } finally {
            dispatcher.reply().comeBack(place);
            dispatcher.serveBusy(false);
            patient.busy(false);
            pumping = false;
        }
    }
}
