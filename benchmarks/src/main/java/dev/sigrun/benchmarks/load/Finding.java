// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.load;

/**
 * One line of the report. Where there is a target it bounds the ratio or our own figure; NaN stands
 * for a figure that one side does not have.
 */
record Finding(
        String measure, String unit, double ours, double reference, double ratio, Target target) {

    static Finding compared(
            String measure, String unit, double ours, double reference, Target target) {
        return new Finding(measure, unit, ours, reference, ours / reference, target);
    }

    boolean judged() {
        return target.bound() != Bound.NONE && !Double.isNaN(judgedFigure());
    }

    boolean met() {
        return switch (target.bound()) {
            case NONE -> true;
            case RATIO_AT_MOST, FIGURE_AT_MOST -> judgedFigure() <= target.limit();
            case RATIO_AT_LEAST -> judgedFigure() >= target.limit();
        };
    }

    private double judgedFigure() {
        return target.bound() == Bound.FIGURE_AT_MOST ? ours : ratio;
    }

    enum Bound {
        NONE,
        RATIO_AT_MOST,
        RATIO_AT_LEAST,
        FIGURE_AT_MOST
    }

    record Target(Bound bound, double limit) {

        static final Target NONE = new Target(Bound.NONE, Double.NaN);

        static Target ratioAtMost(double limit) {
            return new Target(Bound.RATIO_AT_MOST, limit);
        }

        static Target ratioAtLeast(double limit) {
            return new Target(Bound.RATIO_AT_LEAST, limit);
        }

        static Target atMost(double limit) {
            return new Target(Bound.FIGURE_AT_MOST, limit);
        }
    }
}
