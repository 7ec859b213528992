// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import dev.sigrun.kernel.admin.AdminContext;

/** Registers the kernel's own commands. */
final class KernelCommands {
    private KernelCommands() {}

    static void register(AdminContext context) {}
}
