// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.read;

/**
 * What the thread that reads found in the end.
 *
 * @param failure null when the input is complete
 * @param bytes bytes of the input that belong to the data
 * @param unsummed whether the file says that it has no checksum
 */
public record ReadEnd(LoadFailure failure, long bytes, boolean unsummed) {}
