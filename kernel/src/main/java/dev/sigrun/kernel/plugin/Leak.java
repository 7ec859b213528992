// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import java.util.List;

/**
 * A plugin that was unloaded but whose classes are still in memory. Right after an unload that is
 * normal; it is a leak when it stays so after a full garbage collection.
 *
 * @param id id of the plugin
 * @param version version of the plugin
 * @param threads names of live threads whose context class loader is the plugin's
 */
public record Leak(String id, String version, List<String> threads) {}
