// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.measure;

import dev.sigrun.kernel.measure.LatencyEvent;

/**
 * Draws the samples of an event with letters, as Valkey does: a column for each, four rows high,
 * and under it how long ago that was, from top to bottom.
 */
final class LatencyGraph {
    private static final int COLUMNS = 80;
    private static final int ROWS = 4;

    /** What a row shows of a column that ends in it, by how far it comes up. */
    private static final String TOPS = "_o#";

    private static final int STEPS = ROWS * TOPS.length();

    private final LatencyEvent event;
    private final StringBuilder text = new StringBuilder();
    private final long low;
    private final long high;

    private LatencyGraph(LatencyEvent event) {
        this.event = event;
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < event.samples(); i++) {
            least = Math.min(least, event.millis(i));
            most = Math.max(most, event.millis(i));
        }
        low = least;
        high = most;
    }

    static String draw(LatencyEvent event, long nowSeconds) {
        LatencyGraph graph = new LatencyGraph(event);
        graph.heading();
        for (int from = 0; from < event.samples(); from += COLUMNS) {
            if (from > 0) {
                graph.text.append('\n');
            }
            graph.block(from, Math.min(COLUMNS, event.samples() - from), nowSeconds);
        }
        return graph.text.toString();
    }

    private void heading() {
        text.append(event.name()).append(" - high ").append(high).append(" ms, low ");
        text.append(low).append(" ms (all time high ").append(event.worstMillis());
        text.append(" ms)\n").repeat('-', COLUMNS).append('\n');
    }

    private void block(int from, int columns, long nowSeconds) {
        for (int row = 0; row < ROWS; row++) {
            for (int i = from; i < from + columns; i++) {
                text.append(letter(event.millis(i), row));
            }
            text.append('\n');
        }
        text.repeat(' ', columns).append('\n');
        boolean more = true;
        for (int row = 0; more; row++) {
            more = labels(from, columns, row, nowSeconds);
        }
    }

    private char letter(long millis, int row) {
        double span = high == low ? 1 : high - low;
        int step = Math.min((int) ((millis - low) * STEPS / span), STEPS - 1);
        int above = step - (ROWS - row - 1) * TOPS.length();
        if (above < 0) {
            return ' ';
        }
        return above < TOPS.length() ? TOPS.charAt(above) : '|';
    }

    /** Writes a row of labels; returns whether any label reached into it. */
    private boolean labels(int from, int columns, int row, long nowSeconds) {
        StringBuilder line = new StringBuilder(columns);
        boolean any = false;
        for (int i = from; i < from + columns; i++) {
            String label = ago(Math.max(nowSeconds - event.seconds(i), 0));
            any |= row < label.length();
            line.append(row < label.length() ? label.charAt(row) : ' ');
        }
        if (any) {
            text.append(line).append('\n');
        }
        return any;
    }

    private static String ago(long seconds) {
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return seconds / 60 + "m";
        }
        return seconds < 86_400 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
    }
}
