// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net.tls;

/** Something that was configured cannot be used; the message is for the log. */
final class TlsRefused extends Exception {
    private static final long serialVersionUID = 1;

    TlsRefused(String message) {
        super(message);
    }
}
