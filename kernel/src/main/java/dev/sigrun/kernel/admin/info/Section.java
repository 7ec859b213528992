// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.info;

/** Writes one section with its title. Owner thread only. */
@FunctionalInterface
interface Section {
    void write(InfoText out);
}
