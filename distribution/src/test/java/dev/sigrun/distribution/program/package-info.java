// SPDX-License-Identifier: Apache-2.0
/**
 * The assembled folder, run as its users run it: processes, their output, and real clients.
 *
 * <p>Thread rule: each test starts and stops its own processes, by their ids. Invariants: no test
 * needs anything that the build does not bring; every wait has an end.
 */
package dev.sigrun.distribution.program;
