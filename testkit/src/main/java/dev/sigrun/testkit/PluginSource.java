// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit;

import dev.sigrun.kernel.plugin.PluginException;
import dev.sigrun.kernel.server.Kernel;

/** Loads one plugin into a server that is not yet started. */
@FunctionalInterface
interface PluginSource {
    void loadInto(Kernel kernel) throws PluginException;
}
