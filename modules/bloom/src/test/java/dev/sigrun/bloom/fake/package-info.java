// SPDX-License-Identifier: Apache-2.0
/**
 * Hand-written stand-ins for the kernel's side of the SPI, which keep accounts so that tests can
 * hold them against what a plugin did.
 *
 * <p>Thread rule: the test's thread. Depends on: the SPI.
 */
package dev.sigrun.bloom.fake;
