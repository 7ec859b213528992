// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config.value;

/**
 * A line for the configuration file. A line that is not {@code needed}, because it says the
 * default, only replaces a line that is there already.
 */
public record RewriteLine(String text, boolean needed) {}
