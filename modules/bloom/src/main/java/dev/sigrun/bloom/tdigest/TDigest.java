// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.tdigest;

import dev.sigrun.bloom.sketch.Census;
import dev.sigrun.bloom.sketch.Layout;
import dev.sigrun.bloom.sketch.Sketch;
import dev.sigrun.spi.memory.OffHeap;
import dev.sigrun.spi.type.CommandEmitter;
import dev.sigrun.spi.type.Digest;
import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.RdbReader;
import dev.sigrun.spi.type.RdbWriter;

/** Owner thread only, but for writing an image. A t-digest. */
final class TDigest extends Sketch<TDigest> {
    static final double NONE_MIN = Double.MAX_VALUE;
    static final double NONE_MAX = -Double.MAX_VALUE;

    private static final int CENTROID_BYTES = 16;
    private static final int HEAP_BYTES = 160;

    private final long compression;
    private final Centroids centroids;
    private double min = NONE_MIN;
    private double max = NONE_MAX;
    private double total;
    private long compressions;

    private TDigest(Census census, long compression, Centroids centroids) {
        super(census);
        this.compression = compression;
        this.centroids = centroids;
    }

    static TDigest empty(Census census, long compression) {
        return new TDigest(census, compression, new Centroids());
    }

    /** Bytes that one takes when it is full. */
    static long bytes(long compression) {
        return compression > Integer.MAX_VALUE / 128
                ? Long.MAX_VALUE
                : capacity(compression) * CENTROID_BYTES;
    }

    /** How many centroids are held before they are joined. */
    private static long capacity(long compression) {
        return 6 * compression + 10;
    }

    long compression() {
        return compression;
    }

    long capacity() {
        return capacity(compression);
    }

    int centroids() {
        return centroids.used();
    }

    double mean(int index) {
        return centroids.mean(index);
    }

    double weight(int index) {
        return centroids.weight(index);
    }

    /** Number of values. */
    double total() {
        return total;
    }

    long compressions() {
        return compressions;
    }

    boolean isEmpty() {
        return centroids.used() == 0;
    }

    double min() {
        return isEmpty() ? Double.NaN : min;
    }

    double max() {
        return isEmpty() ? Double.NaN : max;
    }

    // ---- values ----

    /** Makes sure that additions find room. */
    void prepare(OffHeap memory, int more) {
        centroids.reserve(memory, (int) Math.min(more, capacity() - centroids.used()));
    }

    /** Adds a value, which is a number and finite. */
    void add(OffHeap memory, double value) {
        take(memory, value, 1);
        min = Math.min(min, value);
        max = Math.max(max, value);
    }

    private void take(OffHeap memory, double mean, double weight) {
        if (centroids.used() >= capacity()) {
            // Twice as many as wished are left, which halves the error and fits all the same.
            centroids.compress(memory, 2.0 * compression, total);
            compressions++;
        }
        // Zeros of both signs are one value, and must not be two in different orders.
        centroids.insert(memory, mean + 0.0, weight);
        total += weight;
    }

    /** Adds all centroids of another one. */
    void merge(OffHeap memory, TDigest other) {
        for (int i = 0; i < other.centroids(); i++) {
            take(memory, other.mean(i), other.weight(i));
        }
        if (!other.isEmpty()) {
            min = Math.min(min, other.min);
            max = Math.max(max, other.max);
        }
    }

    /** Forgets everything. */
    void reset(OffHeap memory) {
        centroids.clear(memory);
        min = NONE_MIN;
        max = NONE_MAX;
        total = 0;
        compressions = 0;
    }

    int centroidsBelow(double value) {
        return centroids.below(value);
    }

    int centroidsUpTo(double value) {
        return centroids.upTo(value);
    }

    // ---- as a value of a key ----

    @Override
    public long memoryUsage(OffHeap memory) {
        return HEAP_BYTES + centroids.memoryUsage(memory);
    }

    @Override
    public long parts() {
        return 1;
    }

    @Override
    protected boolean release(OffHeap memory, int parts) {
        centroids.clear(memory);
        return true;
    }

    @Override
    public TDigest twin(OffHeap memory, Census where) {
        TDigest twin = new TDigest(where, compression, centroids.share());
        twin.min = min;
        twin.max = max;
        twin.total = total;
        twin.compressions = compressions;
        return twin;
    }

    @Override
    public void digest(Digest out) {
        out.add(compression);
        out.add(Double.doubleToLongBits(min));
        out.add(Double.doubleToLongBits(max));
        out.add(compressions);
        for (int i = 0; i < centroids.used(); i++) {
            out.add(Double.doubleToLongBits(centroids.mean(i)));
            out.add(Double.doubleToLongBits(centroids.weight(i)));
        }
    }

    /**
     * RedisBloom's layout. What it keeps in a buffer is among our centroids, so that has nothing.
     */
    @Override
    public void write(RdbWriter out) {
        out.dbl((double) compression);
        out.dbl(min);
        out.dbl(max);
        out.signed(capacity());
        out.signed(centroids.used());
        out.signed(0);
        out.signed(compressions);
        out.dbl(total);
        out.dbl(0);
        for (int i = 0; i < centroids.used(); i++) {
            out.dbl(centroids.mean(i));
        }
        for (int i = 0; i < centroids.used(); i++) {
            out.dbl(centroids.weight(i));
        }
    }

    static TDigest read(Census census, OffHeap memory, RdbReader in, long bytesMax)
            throws RdbException {
        final double wished = in.dbl();
        Layout.check(
                wished >= 1 && wished == Math.rint(wished) && wished <= Integer.MAX_VALUE,
                "A t-digest of an impossible compression.");
        Layout.check(bytes((long) wished) <= bytesMax, "A t-digest of more bytes than allowed.");
        TDigest digest = empty(census, (long) wished);
        boolean isWhole = false;
        try {
            digest.min = in.dbl();
            digest.max = in.dbl();
            in.signed(); // The capacity, which follows from the compression.
            final long merged = in.signed();
            final long unmerged = in.signed();
            digest.compressions = in.signed();
            final double weight = in.dbl();
            in.dbl(); // The weight of what is unmerged, of which there is nothing.
            Layout.check(
                    merged >= 0 && merged <= digest.capacity() && unmerged == 0,
                    "A t-digest with an impossible number of centroids.");
            digest.readCentroids(memory, in, (int) merged);
            Layout.check(
                    Double.compare(digest.total, weight) == 0, "A t-digest with a false weight.");
            isWhole = true;
            return digest;
        } finally {
            if (!isWhole) {
                digest.free(memory);
            }
        }
    }

    private void readCentroids(OffHeap memory, RdbReader in, int count) throws RdbException {
        double[] means = new double[count];
        for (int i = 0; i < count; i++) {
            means[i] = in.dbl();
            boolean isInOrder = i == 0 ? means[i] >= min : means[i] >= means[i - 1];
            Layout.check(isInOrder && means[i] <= max, "A t-digest with means out of order.");
        }
        for (int i = 0; i < count; i++) {
            double weight = in.dbl();
            Layout.check(weight >= 1 && weight < 0x1p53, "A t-digest with an impossible weight.");
            centroids.append(memory, means[i], weight);
            total += weight;
        }
        boolean isBounded = Double.isFinite(min) && Double.isFinite(max);
        Layout.check(isBounded, "A t-digest with impossible bounds.");
    }

    @Override
    public void rewrite(CommandEmitter out) {
        out.command(TDigestCommands.LOAD, 2).key().arg(TDigestBlob.of(this));
    }

    /** Takes everything over from a blob; the sketch is empty. */
    void assume(double lowest, double highest, long times) {
        min = lowest;
        max = highest;
        compressions = times;
    }

    void append(OffHeap memory, double mean, double weight) {
        centroids.append(memory, mean, weight);
        total += weight;
    }
}
