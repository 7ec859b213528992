// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

/** A session whose next command waits for the end of a pause. Owner thread only. */
record PausedBlock(Pause pause) implements Session.Block {
    @Override
    public long deadlineMillis() {
        return pause.untilMillis();
    }

    @Override
    public void timedOut(Session session) {
        // The command was not executed, so there is nothing to reply: it simply runs now.
    }

    @Override
    public boolean isCommand() {
        return false;
    }
}
