// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config.value;

/**
 * Says why a value is refused, in the words the user is to read. Whoever throws it from a change
 * listener makes CONFIG SET put every old value back.
 */
public final class ConfigRejected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigRejected(String reason) {
        super(reason, null, false, false);
    }
}
