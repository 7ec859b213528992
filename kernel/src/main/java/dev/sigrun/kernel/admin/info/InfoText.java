// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.info;

import dev.sigrun.spi.admin.InfoWriter;

/**
 * The text that {@code INFO} answers, as it grows. It is kept from one command to the next, so that
 * a monitor that asks every second makes little garbage. Owner thread only.
 */
final class InfoText implements InfoWriter {
    private static final int CHARACTERS_KEPT_MAX = 1 << 20;
    private static final String UNITS = "KMGTP";

    private StringBuilder text = new StringBuilder(16 * 1024);

    void clear() {
        if (text.capacity() > CHARACTERS_KEPT_MAX) {
            text = new StringBuilder(16 * 1024);
        }
        text.setLength(0);
    }

    int length() {
        return text.length();
    }

    /** Takes back everything behind a position. */
    void truncate(int position) {
        text.setLength(position);
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** Begins a section. */
    void section(String title) {
        if (!text.isEmpty()) {
            text.append("\r\n");
        }
        text.append("# ");
        safe(title);
        text.append("\r\n");
    }

    @Override
    public void field(String name, long value) {
        safe(name);
        text.append(':').append(value).append("\r\n");
    }

    @Override
    public void field(String name, String value) {
        safe(name);
        text.append(':');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            text.append(c == '\r' || c == '\n' ? ' ' : c);
        }
        text.append("\r\n");
    }

    /** A number with two decimals. */
    void ratio(String name, double value) {
        text.append(name).append(':');
        decimals(value, 2);
        text.append("\r\n");
    }

    /** A share in percent with two decimals and the sign. */
    void percent(String name, double value) {
        text.append(name).append(':');
        decimals(value, 2);
        text.append("%\r\n");
    }

    /** Seconds with six decimals. */
    void seconds(String name, long micros) {
        text.append(name).append(':');
        decimals(micros / 1e6, 6);
        text.append("\r\n");
    }

    /** An amount of memory as people read it. */
    void human(String name, long bytes) {
        text.append(name).append(':');
        double value = bytes;
        int unit = -1;
        while (value >= 1024 && unit < UNITS.length() - 1) {
            value /= 1024;
            unit++;
        }
        if (unit < 0) {
            text.append(bytes).append('B');
        } else {
            decimals(value, 2);
            text.append(UNITS.charAt(unit));
        }
        text.append("\r\n");
    }

    /** Part of a line that is made of several. */
    InfoText part(String words) {
        text.append(words);
        return this;
    }

    /** Part of a line. */
    InfoText part(long value) {
        text.append(value);
        return this;
    }

    /** Part of a line, with characters that mean something in this text replaced. */
    InfoText safe(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean special = c == '#' || c == ':' || c == '\r' || c == '\n';
            text.append(special ? '_' : c);
        }
        return this;
    }

    /** Part of a line: a number with so many decimals; what is no number is 0. */
    InfoText decimals(double value, int count) {
        long scale = 1;
        for (int i = 0; i < count; i++) {
            scale *= 10;
        }
        long scaled = Double.isFinite(value) ? Math.round(Math.abs(value) * scale) : 0;
        if (value < 0 && scaled != 0) {
            text.append('-');
        }
        text.append(scaled / scale).append('.');
        long rest = scaled % scale;
        for (long digit = scale / 10; digit > 0; digit /= 10) {
            text.append((char) ('0' + rest / digit % 10));
        }
        return this;
    }

    /** Ends a line that was made of parts. */
    void endLine() {
        text.append("\r\n");
    }
}
