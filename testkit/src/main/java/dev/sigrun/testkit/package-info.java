// SPDX-License-Identifier: Apache-2.0
/**
 * A server inside a JUnit test, a client for it, and the contracts that a plugin must meet.
 *
 * <p>Thread rule: everything here belongs to the test's thread unless a type says otherwise; what
 * reaches into the server does so on its owner. Invariants: text is one char a byte throughout, so
 * that nothing binary is lost; a server that is stopped has left no thread, no memory and no
 * internal error behind, or the test class fails. Allowed dependencies: {@code spi}, {@code
 * kernel}, JUnit.
 */
package dev.sigrun.testkit;
