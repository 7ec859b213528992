// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.type;

/** How values of a type are saved while writes go on. More may be added. */
public enum SnapshotMode {
    /** The kernel encodes a value on the owner before its first change. For small values. */
    INLINE,
    /** {@link DataType#freeze} gives an image that is encoded in the background. */
    FROZEN
}
