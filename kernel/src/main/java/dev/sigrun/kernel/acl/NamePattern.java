// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.acl;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.GlobPattern;

/**
 * A pattern for keys or channels. Any thread.
 *
 * @param text as it was given, one character a byte
 * @param glob what matches
 */
record NamePattern(String text, GlobPattern glob) {
    static NamePattern of(String text) {
        return new NamePattern(text, GlobPattern.of(text));
    }

    boolean matches(Bytes name) {
        return glob.matches(name);
    }

    /** Whether a name is the pattern itself, byte for byte. */
    boolean isSpelled(Bytes name) {
        boolean same = name.length() == text.length();
        for (int i = 0; same && i < name.length(); i++) {
            same = (char) (name.byteAt(i) & 0xFF) == text.charAt(i);
        }
        return same;
    }
}
