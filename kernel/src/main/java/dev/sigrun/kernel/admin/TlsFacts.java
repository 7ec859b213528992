// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin;

/**
 * The certificates in use, as {@code INFO} tells of them.
 *
 * @param server what clients are shown
 * @param client what other servers are shown, if it is another
 * @param authority the one that expires first of those that vouch for others
 */
public record TlsFacts(Certificate server, Certificate client, Certificate authority) {
    /** Nothing is encrypted. */
    public static final TlsFacts NONE =
            new TlsFacts(Certificate.NONE, Certificate.NONE, Certificate.NONE);

    /**
     * One certificate.
     *
     * @param serial in hexadecimal digits
     * @param expiryUnixSeconds 0 when there is none
     */
    public record Certificate(String serial, long expiryUnixSeconds) {
        /** There is none. */
        public static final Certificate NONE = new Certificate("none", 0);
    }
}
