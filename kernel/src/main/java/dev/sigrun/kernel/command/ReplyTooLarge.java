// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

/**
 * A command that only reads has written more than may wait for its client, which is closed. Its
 * handler is left in the middle, as if the client had gone; there is one such object, since nobody
 * looks where it came from.
 */
final class ReplyTooLarge extends RuntimeException {
    static final ReplyTooLarge INSTANCE = new ReplyTooLarge();

    private static final long serialVersionUID = 1;

    private ReplyTooLarge() {
        super("the reply is larger than client-output-buffer-limit allows", null, false, false);
    }
}
