// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin;

import dev.sigrun.spi.command.CommandHandler;

/**
 * One thing that {@code DEBUG} does, for the kernel or for a plugin. Owner thread only.
 *
 * @param countMin least number of arguments, the command's name and the action's included
 * @param countMax most of them
 * @param handler does it
 */
public record DebugAction(int countMin, int countMax, CommandHandler handler) {}
