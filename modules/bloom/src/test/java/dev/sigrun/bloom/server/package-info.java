// SPDX-License-Identifier: Apache-2.0
/**
 * The plugin in its own jar on a real server, through the server's port.
 *
 * <p>Thread rule: each test is a client on its own thread. Invariants: the server loads its classes
 * from the jar, never the ones on the class path of the tests.
 */
package dev.sigrun.bloom.server;
