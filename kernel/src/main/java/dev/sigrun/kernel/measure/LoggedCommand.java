// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.measure;

import java.util.List;

/**
 * A command in a log.
 *
 * @param id number within the log, never used again
 * @param unixSeconds when it was logged
 * @param value microseconds or bytes, whichever the log is about
 * @param arguments the name and the arguments as they are shown: cut, and without secrets
 * @param address where the client is
 * @param clientName how the client calls itself; empty for none
 */
public record LoggedCommand(
        long id,
        long unixSeconds,
        long value,
        List<byte[]> arguments,
        String address,
        String clientName) {}
