// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.acl;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.KeySpec;
import java.util.Set;

/**
 * A pattern for keys, and what may be done with those that match. Any thread.
 *
 * @param pattern the pattern
 * @param rights {@link #READ}, {@link #WRITE} or both
 */
record KeyPattern(NamePattern pattern, int rights) {
    static final int READ = 1;
    static final int WRITE = 2;
    static final int ALL = READ | WRITE;

    /** The rights that one needs to use a key so. */
    static int needed(Set<KeySpec.Use> uses) {
        int rights = uses.contains(KeySpec.Use.ACCESS) ? READ : 0;
        boolean writes =
                uses.contains(KeySpec.Use.INSERT)
                        || uses.contains(KeySpec.Use.DELETE)
                        || uses.contains(KeySpec.Use.UPDATE);
        return writes ? rights | WRITE : rights;
    }

    boolean allows(Bytes key, int needed) {
        return (rights & needed) == needed && pattern.matches(key);
    }

    /** Whether this allows so much of every key. */
    boolean allowsAll(int needed) {
        return (rights & needed) == needed && pattern.text().equals("*");
    }

    KeyPattern with(int more) {
        return new KeyPattern(pattern, rights | more);
    }

    /** The rule that makes this pattern. */
    String rule() {
        return switch (rights) {
            case READ -> "%R~" + pattern.text();
            case WRITE -> "%W~" + pattern.text();
            default -> "~" + pattern.text();
        };
    }
}
