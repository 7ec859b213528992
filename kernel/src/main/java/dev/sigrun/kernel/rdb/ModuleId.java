// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.rdb;

/**
 * Any thread. The number that stands before each value of a plugin: nine characters of six bits
 * each, then ten bits of version.
 */
public final class ModuleId {
    /** Number of characters of a wire name. */
    public static final int NAME_LENGTH = 9;

    /** The largest version that fits. */
    public static final int VERSION_MAX = (1 << 10) - 1;

    private static final int VERSION_BITS = 10;
    private static final int CHARACTER_BITS = 6;
    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private ModuleId() {}

    /**
     * Packs a name and a version.
     *
     * @throws IllegalArgumentException when the name is not nine characters of {@code A-Za-z0-9-_}
     *     or the version does not fit
     */
    public static long pack(String name, int version) {
        if (name.length() != NAME_LENGTH) {
            throw new IllegalArgumentException(
                    "A wire name has nine characters, which '" + name + "' has not.");
        }
        if (version < 0 || version > VERSION_MAX) {
            throw new IllegalArgumentException(
                    "Version " + version + " of " + name + " does not fit into ten bits.");
        }
        long id = 0;
        for (int i = 0; i < NAME_LENGTH; i++) {
            int code = ALPHABET.indexOf(name.charAt(i));
            if (code < 0) {
                throw new IllegalArgumentException(
                        "A wire name has letters, digits, - and _ only, unlike '" + name + "'.");
            }
            id = id << CHARACTER_BITS | code;
        }
        return id << VERSION_BITS | version;
    }

    /** The name in a packed number; every number has one. */
    public static String name(long id) {
        char[] name = new char[NAME_LENGTH];
        long rest = id >>> VERSION_BITS;
        for (int i = NAME_LENGTH - 1; i >= 0; i--) {
            name[i] = ALPHABET.charAt((int) rest & 0x3f);
            rest >>>= CHARACTER_BITS;
        }
        return new String(name);
    }

    /** The version in a packed number. */
    public static int version(long id) {
        return (int) id & VERSION_MAX;
    }
}
