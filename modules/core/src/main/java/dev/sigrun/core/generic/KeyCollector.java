// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.KeyVisitor;
import java.util.ArrayList;
import java.util.List;

/**
 * Owner thread only. Keeps the names that one SCAN answers. They are copied, because the cursor
 * stands before them in the reply and is known only after the last of them has been seen.
 */
final class KeyCollector implements KeyVisitor {
    private final ScanOptions options;
    private final List<byte[]> names = new ArrayList<>();
    private long seen;

    KeyCollector(ScanOptions options) {
        this.options = options;
    }

    @Override
    public void visit(Key key) {
        seen++;
        if (!key.isPresent()) {
            return;
        }
        if (options.type() != null && !options.type().is(key.typeName())) {
            return;
        }
        if (options.pattern() == null || options.pattern().matches(key.name())) {
            names.add(key.name().copy());
        }
    }

    /** How many keys were looked at, whether they are answered or not. */
    long seen() {
        return seen;
    }

    List<byte[]> names() {
        return names;
    }
}
