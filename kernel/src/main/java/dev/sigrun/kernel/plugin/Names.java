// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import java.util.regex.Pattern;

/** Which names may go over the wire and into files. */
final class Names {
    private static final Pattern COMMAND = Pattern.compile("[a-z0-9._:-]{1,64}");
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern WIRE = Pattern.compile("[A-Za-z0-9_-]{9}");
    private static final Pattern CONFIG = Pattern.compile("[a-z0-9._-]{1,128}");
    private static final Pattern CATEGORY = Pattern.compile("[a-z0-9._-]{1,64}");
    private static final Pattern SECTION = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private Names() {}

    static boolean isCommand(String name) {
        return COMMAND.matcher(name).matches();
    }

    static boolean isType(String name) {
        return TYPE.matcher(name).matches();
    }

    static boolean isWire(String name) {
        return WIRE.matcher(name).matches();
    }

    static boolean isConfig(String name) {
        return CONFIG.matcher(name).matches();
    }

    static boolean isCategory(String name) {
        return CATEGORY.matcher(name).matches();
    }

    static boolean isSection(String name) {
        return SECTION.matcher(name).matches();
    }
}
