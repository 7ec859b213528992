// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

/** How far the link to a primary is. */
enum LinkState {
    /** There is none to be. */
    NONE("none"),
    /** It is to be made, at the next tick. */
    CONNECT("connect"),
    /** It is being made. */
    CONNECTING("connecting"),
    /** Both sides introduce themselves. */
    HANDSHAKE("handshake"),
    /** Data comes. */
    TRANSFER("sync"),
    /** The stream comes. */
    CONNECTED("connected");

    private final String text;

    LinkState(String text) {
        this.text = text;
    }

    /** As {@code ROLE} shows it. */
    String text() {
        return text;
    }
}
