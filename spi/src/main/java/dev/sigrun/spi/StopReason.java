// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi;

/** Why a plugin is being stopped. More reasons may be added, so switch with a default. */
public enum StopReason {
    /** The operator unloads the plugin while the server goes on. */
    UNLOAD,
    /** The server shuts down. */
    SHUTDOWN,
    /** The plugin's own {@code start} failed. */
    FAILED_START
}
