// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.tdigest;

/**
 * Owner thread only. What a digest says of the values that it has seen.
 *
 * <p>A centroid of one value is that value. One of more is taken for values spread evenly from the
 * border to the centroid before it up to its mean, and from its mean to the border to the one
 * behind it, half of them on either side.
 */
final class Estimates {
    private Estimates() {}

    private static double leftBorder(TDigest digest, int index) {
        if (digest.weight(index) == 1) {
            return digest.mean(index);
        }
        return index == 0 ? digest.min() : border(digest, index - 1);
    }

    private static double rightBorder(TDigest digest, int index) {
        if (digest.weight(index) == 1) {
            return digest.mean(index);
        }
        return index == digest.centroids() - 1 ? digest.max() : border(digest, index);
    }

    /** Where one centroid ends and the next begins: nearer to the lighter one. */
    private static double border(TDigest digest, int index) {
        double one = digest.mean(index);
        double other = digest.mean(index + 1);
        double weight = digest.weight(index);
        double share = weight / (weight + digest.weight(index + 1));
        return between(one, other, share);
    }

    /** The point between two others; neither sum nor difference of which may be finite. */
    private static double between(double low, double high, double share) {
        double point = low * (1 - share) + high * share;
        return Math.min(high, Math.max(low, point));
    }

    /** The value at a rank, of which the smallest has 0. */
    static double atRank(TDigest digest, double rank) {
        double before = 0;
        for (int i = 0; i < digest.centroids(); i++) {
            double weight = digest.weight(i);
            if (rank < before + weight) {
                return within(digest, i, rank - before);
            }
            before += weight;
        }
        return digest.max();
    }

    private static double within(TDigest digest, int index, double rank) {
        double mean = digest.mean(index);
        double half = digest.weight(index) / 2;
        if (digest.weight(index) == 1) {
            return mean;
        }
        return rank < half
                ? between(leftBorder(digest, index), mean, rank / half)
                : between(mean, rightBorder(digest, index), (rank - half) / half);
    }

    /** The value below which a share of all values lies. */
    static double quantile(TDigest digest, double share) {
        if (digest.isEmpty()) {
            return Double.NaN;
        }
        if (share == 0) {
            return digest.min();
        }
        return share == 1 ? digest.max() : atRank(digest, share * digest.total());
    }

    /**
     * How many values are below one, where those that are equal to it count half.
     *
     * @param value any value
     */
    static double below(TDigest digest, double value) {
        if (value < digest.min()) {
            return 0;
        }
        if (value > digest.max()) {
            return digest.total();
        }
        double sum = 0;
        for (int i = 0; i < digest.centroids(); i++) {
            double left = leftBorder(digest, i);
            if (left > value) {
                break;
            }
            sum += share(digest, i, left, value) * digest.weight(i);
        }
        return sum;
    }

    private static double share(TDigest digest, int index, double left, double value) {
        double right = rightBorder(digest, index);
        double mean = digest.mean(index);
        if (value > right) {
            return 1;
        }
        return (part(left, mean, value) + part(mean, right, value)) / 2;
    }

    /** The share of an even spread that is below a value; half of one that is all equal to it. */
    private static double part(double low, double high, double value) {
        if (value < low) {
            return 0;
        }
        if (value > high) {
            return 1;
        }
        return high > low ? (value / 2 - low / 2) / (high / 2 - low / 2) : 0.5;
    }

    /** The mean of the values between two shares. */
    static double trimmedMean(TDigest digest, double lowShare, double highShare) {
        double from = Math.floor(lowShare * digest.total());
        double to = Math.ceil(highShare * digest.total());
        double before = 0;
        double weights = 0;
        double mean = 0;
        for (int i = 0; i < digest.centroids(); i++) {
            double end = before + digest.weight(i);
            double within = Math.min(end, to) - Math.max(before, from);
            if (within > 0) {
                double sum = weights + within;
                mean = mean * (weights / sum) + digest.mean(i) * (within / sum);
                weights = sum;
            }
            before = end;
        }
        return weights == 0 ? Double.NaN : mean;
    }
}
