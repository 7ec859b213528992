// SPDX-License-Identifier: Apache-2.0
/**
 * What operators see of a plugin: configuration parameters and sections of {@code INFO}.
 *
 * <p>Thread rule: owner only.
 */
package dev.sigrun.spi.admin;
