// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.geo;

/**
 * Sine, cosine and their inverses, rounded correctly but for one result in some thousands. So they
 * are the same on every machine, and the same as those of the C library that Valkey calls in all
 * but one case in several hundreds, where that one rounds the other way; {@link Math} would differ
 * in every thirtieth distance. Confined to its thread, because of the second result.
 *
 * <p>An angle is that of an entry of {@link SineTable} plus less than the 128th of a radian; short
 * series do the rest, with the greatest terms carried in two doubles.
 */
final class Trigonometry {
    private static final double HALF_PI = Math.PI / 2;
    private static final double QUARTER_PI = Math.PI / 4;

    /** What pi is greater than its double. */
    private static final double PI_REST = 1.2246467991473532e-16;

    private static final double HALF_PI_REST = PI_REST / 2;

    /** Splits a double into two of half its digits. */
    private static final double SPLITTER = (1L << 27) + 1;

    /** What was lost when the last sine or cosine was rounded. */
    private double rest;

    /**
     * The sine of an angle.
     *
     * @param angle from -pi to pi
     */
    double sin(double angle) {
        double size = Math.abs(angle);
        double sine = size <= HALF_PI ? sineUp(size, 0) : sineUp(Math.PI - size, PI_REST);
        if (angle < 0) {
            rest = -rest;
            return -sine;
        }
        return sine;
    }

    /**
     * The cosine of an angle. Around a quarter turn it is next to nothing, which only the sine of
     * what is missing there gives in full; the subtractions are exact.
     *
     * @param angle from -pi to pi
     */
    double cos(double angle) {
        double size = Math.abs(angle);
        if (size <= HALF_PI) {
            return size < QUARTER_PI ? cosineUp(size, 0) : sineUp(HALF_PI - size, HALF_PI_REST);
        }
        double cosine =
                size < HALF_PI + QUARTER_PI
                        ? sineUp(size - HALF_PI, -HALF_PI_REST)
                        : cosineUp(Math.PI - size, PI_REST);
        rest = -rest;
        return -cosine;
    }

    /** The sine of an angle up to a quarter turn, and next to nothing more. */
    private double sineUp(double angle, double more) {
        int index = (int) Math.rint(angle * SineTable.PER_RADIAN);
        double r = angle - (double) index / SineTable.PER_RADIAN;
        double sine = SineTable.sine(index);
        double cosine = SineTable.cosine(index);
        double product = cosine * r;
        double low =
                productError(cosine, r, product)
                        + (cosine * sineTerms(r) + sine * cosineTerms(r))
                        + more * (cosine - r * (sine + cosine * r / 2))
                        + (SineTable.cosineRest(index) * r + SineTable.sineRest(index));
        return rounded(sine, product, low);
    }

    /** The cosine of an angle up to an eighth of a turn, and next to nothing more. */
    private double cosineUp(double angle, double more) {
        int index = (int) Math.rint(angle * SineTable.PER_RADIAN);
        double r = angle - (double) index / SineTable.PER_RADIAN;
        double sine = SineTable.sine(index);
        double cosine = SineTable.cosine(index);
        double product = -sine * r;
        double low =
                productError(-sine, r, product)
                        + (cosine * cosineTerms(r) - sine * sineTerms(r))
                        - more * (sine + cosine * r)
                        + (SineTable.cosineRest(index) - SineTable.sineRest(index) * r);
        return rounded(cosine, product, low);
    }

    /** The series of the sine without its first term. */
    private static double sineTerms(double r) {
        double square = r * r;
        return r * square * (-1 / 6.0 + square * (1 / 120.0 - square / 5040));
    }

    /** The series of the cosine without its first term. */
    private static double cosineTerms(double r) {
        double square = r * r;
        return square * (-0.5 + square * (1 / 24.0 - square * (1 / 720.0 - square / 40320)));
    }

    /** Adds three numbers of falling size and keeps what the sum cannot hold. */
    private double rounded(double a, double b, double low) {
        double sum = a + b;
        double added = sum - a;
        double error = a - (sum - added) + (b - added) + low;
        double result = sum + error;
        rest = error - (result - sum);
        return result;
    }

    /** What a product is greater than its double. */
    private static double productError(double a, double b, double product) {
        double highA = high(a);
        double highB = high(b);
        double lowA = a - highA;
        double lowB = b - highB;
        return lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
    }

    private static double high(double value) {
        double scaled = SPLITTER * value;
        return scaled - (scaled - value);
    }

    /**
     * The angle of a sine; NaN beyond 1.
     *
     * @param sine not below 0
     */
    double asin(double sine) {
        double guess = Math.asin(sine);
        if (!(sine < 1) || sine == 0) {
            return guess;
        }
        double error = sine - sin(guess) - rest;
        return guess + error / Math.cos(guess);
    }

    /** The angle of a point seen from the origin. */
    double atan2(double y, double x) {
        double guess = Math.atan2(y, x);
        double sine = sin(guess);
        double sineRest = rest;
        double cosine = cos(guess);
        double cosineRest = rest;
        double yAlong = y * cosine;
        double xAlong = x * sine;
        double across =
                yAlong
                        - xAlong
                        + (productError(y, cosine, yAlong) - productError(x, sine, xAlong))
                        + (y * cosineRest - x * sineRest);
        double correction = across / (x * cosine + y * sine);
        return Double.isNaN(correction) ? guess : guess + correction;
    }
}
