// SPDX-License-Identifier: Apache-2.0
/**
 * What every layer stands on: the clock, connections to other servers, views of bytes, numbers as
 * clients write them, checks and limits.
 *
 * <p>Thread rule: everything here is either immutable or confined to the thread that made it.
 * Invariants: this package imports nothing of the kernel's other packages; time reaches the kernel
 * only through {@link dev.sigrun.kernel.base.Clock}.
 */
package dev.sigrun.kernel.base;
