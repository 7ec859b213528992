// SPDX-License-Identifier: Apache-2.0
/**
 * The core plugin on a real server, through its port: answers, effects, limits, memory, time.
 *
 * <p>Thread rule: each test is a client on its own thread. Invariants: nothing sleeps where a
 * condition can be awaited; what is random follows from a printed seed.
 */
package dev.sigrun.core.server;
