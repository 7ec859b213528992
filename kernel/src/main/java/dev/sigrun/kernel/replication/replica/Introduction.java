// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

/**
 * How this server introduces itself to a primary.
 *
 * @param user the name to log in with; null for the default one
 * @param password its password; null when there is no need to log in
 * @param port the port that this server says it listens on
 * @param host the address that it says it has; null to leave that to the primary
 * @param dualChannel whether it can take the data over a connection of its own
 * @param skipsChecksum whether it does without the checksum of the data
 * @param version the version of Valkey that it speaks like
 */
@SuppressWarnings("ArrayRecordComponent") // The password is handed on and never compared.
record Introduction(
        String user,
        byte[] password,
        int port,
        String host,
        boolean dualChannel,
        boolean skipsChecksum,
        String version) {}
