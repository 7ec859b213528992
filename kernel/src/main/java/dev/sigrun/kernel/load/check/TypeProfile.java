// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.check;

import java.util.Locale;

/** Figures of the values of one type in one database. */
final class TypeProfile {
    private static final int ELEMENTS_COUNTED_MAX = 200 * 1024;
    private static final int SIZE_COUNTED_MAX = 1 << 20;

    private final String type;
    private final Distribution elementCounts = new Distribution(ELEMENTS_COUNTED_MAX);
    private final Distribution elementSizes = new Distribution(SIZE_COUNTED_MAX);
    private long keys;
    private long expiring;
    private long expired;
    private long keyBytes;
    private long elements;
    private long elementBytes;
    private long elementsMax;
    private long elementBytesMax;

    TypeProfile(String type) {
        this.type = type;
    }

    String type() {
        return type;
    }

    void key(int length, boolean expires, boolean isExpired) {
        keys++;
        keyBytes += length;
        expiring += expires ? 1 : 0;
        expired += isExpired ? 1 : 0;
    }

    /** A value has so many elements. */
    void elements(long count) {
        elements += count;
        elementsMax = Math.max(elementsMax, count);
        elementCounts.count(count);
    }

    /** An element, or what belongs to it, is so long. */
    void element(long bytes) {
        elementBytes += bytes;
        elementBytesMax = Math.max(elementBytesMax, bytes);
        elementSizes.count(bytes);
    }

    /** One of {@link Profile#FIGURES}. */
    String figure(String name) {
        return switch (name) {
            case "type.name" -> type;
            case "keys.total" -> Long.toString(keys);
            case "expire_keys.total" -> Long.toString(expiring);
            case "already_expired.total" -> Long.toString(expired);
            case "keys.size" -> Long.toString(keyBytes);
            case "keys.value_size", "elements.size" -> Long.toString(elementBytes);
            case "elements.total" -> Long.toString(elements);
            case "elements.num.max" -> Long.toString(elementsMax);
            case "elements.num.avg" -> average(elements, keys);
            case "elements.num.p99" -> text((double) elementCounts.percentile(99));
            case "elements.num.p90" -> text((double) elementCounts.percentile(90));
            case "elements.num.p50" -> text((double) elementCounts.percentile(50));
            case "elements.size.max" -> Long.toString(elementBytesMax);
            case "elements.size.avg" -> average(elementBytes, elements);
            case "elements.size.p99" -> text((double) elementSizes.percentile(99));
            case "elements.size.p90" -> text((double) elementSizes.percentile(90));
            case "elements.size.p50" -> text((double) elementSizes.percentile(50));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static String average(long sum, long count) {
        return text(count == 0 ? 0 : (float) sum / count);
    }

    private static String text(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }
}
