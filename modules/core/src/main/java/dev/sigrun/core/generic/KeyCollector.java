// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import dev.sigrun.spi.key.Access;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.KeyVisitor;
import dev.sigrun.spi.key.Keyspace;
import java.util.ArrayList;
import java.util.List;

/**
 * Owner thread only. Keeps the names that one SCAN answers. They are copied, because the cursor
 * stands before them in the reply and is known only after the last of them has been seen.
 */
final class KeyCollector implements KeyVisitor {
    private final Keyspace keyspace;
    private final ScanOptions options;
    private final List<byte[]> names = new ArrayList<>();
    private long seen;

    KeyCollector(Keyspace keyspace, ScanOptions options) {
        this.keyspace = keyspace;
        this.options = options;
    }

    @Override
    public void visit(Key key) {
        seen++;
        if (isAskedFor(key)) {
            names.add(key.name().copy());
        }
    }

    /** Only the expired keys that would have been answered are removed on the way, as in Valkey. */
    @Override
    public void visitExpired(Key key) {
        seen++;
        if (isAskedFor(key)) {
            keyspace.open(key.name(), Access.NO_TOUCH | Access.NO_STATS);
        }
    }

    private boolean isAskedFor(Key key) {
        if (!key.isPresent()) {
            return false;
        }
        if (options.type() != null && !options.type().is(key.typeName())) {
            return false;
        }
        return options.pattern() == null || options.pattern().matches(key.name());
    }

    /** How many keys were looked at, whether they are answered or not. */
    long seen() {
        return seen;
    }

    List<byte[]> names() {
        return names;
    }
}
