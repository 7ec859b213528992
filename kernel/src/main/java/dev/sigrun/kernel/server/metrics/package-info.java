// SPDX-License-Identifier: Apache-2.0
/**
 * The HTTP listener for monitoring: {@code /metrics}, {@code /livez} and {@code /readyz}.
 *
 * <p>Thread rule: requests are served on threads of their own, so that they are answered when the
 * owner is not; what only the owner knows it is asked for, one question at a time. Invariants:
 * nothing can be changed over HTTP; connections, requests and the time for them are bounded.
 * Imports: the kernel's layers below.
 */
package dev.sigrun.kernel.server.metrics;
