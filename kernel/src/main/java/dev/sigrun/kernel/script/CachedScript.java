// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.script;

import dev.sigrun.spi.script.ScriptFlag;
import dev.sigrun.spi.script.ScriptFunction;
import java.util.Set;

/** A compiled script of the cache. Its body lies off the heap. Owner thread only. */
final class CachedScript {
    final String sha;
    final Engine engine;
    final ScriptFunction function;

    /** What the script's first line says; null when it has no such line. */
    final Set<ScriptFlag> flags;

    final long body;
    final int bodyLength;
    final long bodyHash;
    final long shaHead;

    CachedScript nextBySha;
    CachedScript nextByBody;

    /** Neighbours among the scripts that may be evicted; null for those that may not. */
    CachedScript older;

    CachedScript newer;

    CachedScript(
            String sha,
            Engine engine,
            ScriptFunction function,
            Set<ScriptFlag> flags,
            long body,
            int bodyLength,
            long bodyHash) {
        this.sha = sha;
        this.engine = engine;
        this.function = function;
        this.flags = flags;
        this.body = body;
        this.bodyLength = bodyLength;
        this.bodyHash = bodyHash;
        this.shaHead = Long.parseUnsignedLong(sha, 0, 16, 16);
    }

    /** Bytes that a block for the body has; never none. */
    static long room(int bodyLength) {
        return Math.max(bodyLength, 1);
    }
}
