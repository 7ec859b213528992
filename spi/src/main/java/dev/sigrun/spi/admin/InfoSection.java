// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.admin;

import dev.sigrun.spi.ForPlugin;

/** Writes a section of {@code INFO}. */
@ForPlugin
@FunctionalInterface
public interface InfoSection {
    /** Writes the fields as they are now. */
    void write(InfoWriter out);
}
