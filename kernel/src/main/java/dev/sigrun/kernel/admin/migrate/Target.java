// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.migrate;

/**
 * The server that keys go to, and who one is there. A connection that was opened as one user is
 * never used for another, or for nobody. Any thread.
 *
 * @param host an address or a name
 * @param port as the client wrote it; nobody listens at one that makes no sense
 * @param user null for the default user
 * @param password null when there is nothing to authenticate with
 */
record Target(String host, String port, String user, String password) {
    private static final int PORT_MAX = 65_535;

    /** The port as a number; 0 when nobody can listen there. */
    int portNumber() {
        if (!port.matches("[0-9]{1,5}")) {
            return 0;
        }
        int number = Integer.parseInt(port);
        return number <= PORT_MAX ? number : 0;
    }
}
