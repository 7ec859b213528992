// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.check;

/**
 * What is wanted of a check beside its verdict.
 *
 * @param isProfiled whether figures by type are
 * @param format how they are printed
 */
public record CheckOptions(boolean isProfiled, Format format) {
    /** How figures are printed. */
    public enum Format {
        /** A line for each figure and type. */
        INFO,
        /** Columns for people. */
        TABLE,
        /** Columns for programs. */
        CSV
    }
}
