// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin;

import java.nio.file.Path;

/**
 * What does not change while the server runs.
 *
 * @param runId forty hexadecimal digits, random at each start
 * @param startedMillis Unix milliseconds
 * @param executable the program that was started
 * @param configFile absolute path of the configuration file, or null
 * @param transport how IO is done, for example {@code epoll}
 * @param replicationId forty hexadecimal digits that name the history of changes
 * @param home folder of the distribution, or null
 */
public record ServerFacts(
        String runId,
        long startedMillis,
        String executable,
        Path configFile,
        String transport,
        String replicationId,
        Path home) {
    /** The version of this server. */
    public static final String SIGRUN_VERSION = "0.1.0";

    /** The version of Valkey whose behaviour this server has. */
    public static final String VALKEY_VERSION = "9.1.2";

    /** The version of Redis that clients are told, as Valkey tells them. */
    public static final String REDIS_VERSION = "7.2.4";
}
