// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.connection;

import java.util.random.RandomGenerator;

/** Pictures made of characters, each line with its end. Any thread. */
final class LolwutPicture {
    private static final String RUNES = "ᚠᚢᚦᚨᚱᚲᚷᚹᚺᚾᛁᛃᛇᛈᛉᛊᛏᛒᛖᛗᛚᛜᛞᛟ";
    private static final String SHADES = "@%#*+=-:. ";

    private LolwutPicture() {}

    /** A rune stone that the weather wears away towards its foot. */
    static String runes(int columns, int rows, RandomGenerator random) {
        StringBuilder picture = new StringBuilder();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                boolean worn = random.nextInt(rows + 1) < row;
                picture.append(worn ? ' ' : RUNES.charAt(random.nextInt(RUNES.length())));
            }
            picture.append('\n');
        }
        return picture.toString();
    }

    /** Mountains by the sea. */
    static String fjord(int columns, int rows, RandomGenerator random) {
        int sea = Math.max(rows / 5, 1);
        int[] heights = new int[columns];
        int height = rows / 2;
        for (int i = 0; i < columns; i++) {
            height = Math.clamp(height + random.nextInt(-2, 3), sea - 1, rows - 1);
            heights[i] = height;
        }
        StringBuilder picture = new StringBuilder();
        for (int level = rows - 1; level >= 0; level--) {
            for (int i = 0; i < columns; i++) {
                picture.append(fjordAt(level, heights[i], sea, random));
            }
            picture.append('\n');
        }
        return picture.toString();
    }

    private static char fjordAt(int level, int height, int sea, RandomGenerator random) {
        if (level < sea) {
            return random.nextInt(4) == 0 ? '-' : '~';
        }
        if (level > height) {
            return random.nextInt(60) == 0 ? '.' : ' ';
        }
        return level == height ? '^' : '#';
    }

    /** A round shield, its painted arms more or less twisted and bent. */
    static String shield(int columns, int rows, double twist, double bend) {
        StringBuilder picture = new StringBuilder();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double x = 2.2 * ((column + 0.5) / columns - 0.5);
                double y = 2.2 * ((row + 0.5) / rows - 0.5);
                picture.append(shieldAt(Math.hypot(x, y), Math.atan2(y, x), twist, bend));
            }
            picture.append('\n');
        }
        return picture.toString();
    }

    private static char shieldAt(double radius, double angle, double twist, double bend) {
        if (radius > 1) {
            return ' ';
        }
        if (radius > 0.93 || radius < 0.15) {
            return '@';
        }
        double wave = Math.cos(8 * angle + 9 * twist * radius + 7 * bend * radius * radius);
        double shade = (wave + 1) / 2 * (SHADES.length() - 1);
        return SHADES.charAt(Double.isNaN(shade) ? 0 : (int) shade);
    }
}
