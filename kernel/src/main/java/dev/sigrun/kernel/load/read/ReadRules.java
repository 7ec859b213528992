// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.read;

/**
 * What is refused at reading.
 *
 * @param verifiesChecksum whether a wrong checksum is
 * @param strictVersion whether newer and foreign versions of the format are
 * @param databases how many databases there may be
 */
public record ReadRules(boolean verifiesChecksum, boolean strictVersion, int databases) {}
