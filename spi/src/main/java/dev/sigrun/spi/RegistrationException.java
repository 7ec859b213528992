// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi;

/** Says why a plugin cannot be registered. Its message is shown to the operator as it is. */
public final class RegistrationException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message a sentence for the operator: what is wrong and what to change
     */
    public RegistrationException(String message) {
        super(message);
    }

    /**
     * Makes an exception with the failure behind it.
     *
     * @param message a sentence for the operator: what is wrong and what to change
     * @param cause what went wrong
     */
    public RegistrationException(String message, Throwable cause) {
        super(message, cause);
    }
}
