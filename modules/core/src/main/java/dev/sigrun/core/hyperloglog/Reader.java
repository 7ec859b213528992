// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hyperloglog;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;

/** Reads whole HyperLogLogs in either encoding. Confined to its thread. */
final class Reader {
    private final SparseRuns runs = new SparseRuns();
    private final Histogram histogram = new Histogram();

    /**
     * Estimates from a string that {@link Layout#check} has let pass.
     *
     * @throws CommandException when the registers are damaged
     */
    long estimate(long address, int length) throws CommandException {
        histogram.clear();
        if (Layout.encoding(address) == Layout.DENSE) {
            histogram.addDense(address);
            return histogram.estimate();
        }
        runs.begin(address, length);
        while (runs.next() && runs.fits()) {
            histogram.add(runs.value(), runs.span());
        }
        requireComplete();
        return histogram.estimate();
    }

    /** Estimates from registers. */
    long estimate(Registers registers) {
        histogram.clear();
        registers.count(histogram);
        return histogram.estimate();
    }

    /**
     * Raises registers to those of a string that {@link Layout#check} has let pass, where they are
     * lower.
     *
     * @throws CommandException when the registers are damaged
     */
    void merge(long address, int length, Registers registers) throws CommandException {
        if (Layout.encoding(address) == Layout.DENSE) {
            registers.raiseToDense(address);
            return;
        }
        runs.begin(address, length);
        while (runs.next() && runs.fits()) {
            registers.raise(runs.first(), runs.span(), runs.value());
        }
        requireComplete();
    }

    private void requireComplete() throws CommandException {
        if (!runs.isComplete()) {
            throw Layout.CORRUPT;
        }
    }

    /** Writes the runs of a sparse one as text: {@code z} and {@code Z} for zeros, {@code v}. */
    String text(Bytes content) {
        StringBuilder out = new StringBuilder();
        runs.begin(content.address(), content.length());
        while (runs.next()) {
            out.append(out.isEmpty() ? "" : " ");
            if (runs.value() > 0) {
                out.append("v:").append(runs.value()).append(',');
            } else {
                out.append(runs.bytes() == 2 ? "Z:" : "z:");
            }
            out.append(runs.span());
        }
        return out.toString();
    }
}
