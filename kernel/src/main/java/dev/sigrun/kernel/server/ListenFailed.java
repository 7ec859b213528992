// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

/** An address to listen on could not be had. */
public final class ListenFailed extends Exception {
    private static final long serialVersionUID = 1L;

    ListenFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
