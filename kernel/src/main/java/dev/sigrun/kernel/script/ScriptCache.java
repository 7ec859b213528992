// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.script;

import dev.sigrun.kernel.base.Slice;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.script.ScriptFlag;
import dev.sigrun.spi.script.ScriptFunction;
import java.util.Set;

/**
 * The scripts that are compiled, found by the SHA-1 of their bodies and, so that nothing has to be
 * digested for a script that is sent again, by the bodies themselves. Scripts that came with {@code
 * EVAL} go when there are too many, the one that has not run for longest first; those that were
 * loaded stay. Finding one allocates nothing. Owner thread only.
 */
final class ScriptCache {
    /** How many scripts there may be that nobody has loaded. */
    static final int EVICTABLE_MAX = 500;

    private static final int SHA_LENGTH = 40;

    /** Heap that an entry takes, roughly. */
    private static final int ENTRY_BYTES = 200;

    private final Store store;
    private final Slice view = new Slice();
    private CachedScript[] bySha = new CachedScript[64];
    private CachedScript[] byBody = new CachedScript[64];

    /** Before the oldest and behind the newest of those that may be evicted. */
    private final CachedScript ends = new CachedScript("0".repeat(16), null, null, null, 0, 0, 0);

    private int size;
    private int evictable;
    private long bodyBytes;
    private long evicted;

    ScriptCache(Store store) {
        this.store = store;
        ends.older = ends;
        ends.newer = ends;
    }

    int size() {
        return size;
    }

    /** Scripts that had to go. */
    long evicted() {
        return evicted;
    }

    void resetStats() {
        evicted = 0;
    }

    long memoryBytes() {
        return bodyBytes + (long) size * ENTRY_BYTES;
    }

    // ---- finding ----

    /** The script whose SHA-1 is written in an argument, in capitals or not; or null. */
    CachedScript find(Bytes sha) {
        if (sha.length() != SHA_LENGTH) {
            return null;
        }
        long head = 0;
        for (int i = 0; i < 16; i++) {
            int digit = Character.digit(sha.byteAt(i), 16);
            if (digit < 0) {
                return null;
            }
            head = head << 4 | digit;
        }
        CachedScript script = bySha[slot(head)];
        while (script != null && !(script.shaHead == head && sha.is(script.sha))) {
            script = script.nextBySha;
        }
        return script;
    }

    /** The script with a SHA-1, or null. */
    CachedScript find(String sha) {
        CachedScript script = bySha[slot(Long.parseUnsignedLong(sha, 0, 16, 16))];
        while (script != null && !script.sha.equals(sha)) {
            script = script.nextBySha;
        }
        return script;
    }

    /** The script with a body, or null. */
    CachedScript findBody(Bytes body) {
        long hash = store.hash(body.address(), body.length());
        CachedScript script = byBody[slot(hash)];
        while (script != null && !isBody(script, hash, body)) {
            script = script.nextByBody;
        }
        return script;
    }

    private static boolean isBody(CachedScript script, long hash, Bytes body) {
        return script.bodyHash == hash
                && script.bodyLength == body.length()
                && Memory.equal(script.body, body.address(), body.length());
    }

    private int slot(long hash) {
        return (int) (hash ^ hash >>> 32) & bySha.length - 1;
    }

    /** The body of a script, lent until the next call. */
    Bytes body(CachedScript script) {
        return view.wrap(script.body, script.bodyLength);
    }

    // ---- changes ----

    /**
     * Adds a script.
     *
     * @param flags what its first line says; null when it has none
     * @param stays whether it is never evicted
     * @throws dev.sigrun.memory.MemoryExhausted when there is no room; nothing has changed then
     */
    CachedScript add(
            String sha,
            Engine engine,
            ScriptFunction function,
            Set<ScriptFlag> flags,
            Bytes body,
            boolean stays) {
        long kept = store.allocator().allocate(CachedScript.room(body.length()));
        Memory.copy(body.address(), kept, body.length());
        while (!stays && evictable >= EVICTABLE_MAX) {
            evicted++;
            remove(ends.newer);
        }
        long hash = store.hash(kept, body.length());
        CachedScript script =
                new CachedScript(sha, engine, function, flags, kept, body.length(), hash);
        if (size >= bySha.length) {
            grow();
        }
        link(script);
        size++;
        bodyBytes += CachedScript.room(script.bodyLength);
        if (!stays) {
            evictable++;
            becomeNewest(script);
        }
        return script;
    }

    private void link(CachedScript script) {
        int slot = slot(script.shaHead);
        script.nextBySha = bySha[slot];
        bySha[slot] = script;
        slot = slot(script.bodyHash);
        script.nextByBody = byBody[slot];
        byBody[slot] = script;
    }

    private void grow() {
        CachedScript[] old = bySha;
        bySha = new CachedScript[old.length * 2];
        byBody = new CachedScript[old.length * 2];
        for (CachedScript chain : old) {
            CachedScript script = chain;
            while (script != null) {
                CachedScript next = script.nextBySha;
                link(script);
                script = next;
            }
        }
    }

    private void becomeNewest(CachedScript script) {
        script.older = ends.older;
        script.newer = ends;
        script.older.newer = script;
        ends.older = script;
    }

    private static void leaveOrder(CachedScript script) {
        script.older.newer = script.newer;
        script.newer.older = script.older;
        script.older = null;
        script.newer = null;
    }

    /** A script has run. */
    void used(CachedScript script) {
        if (script.newer != null && script.newer != ends) {
            leaveOrder(script);
            becomeNewest(script);
        }
    }

    /** A script stays from now on. */
    void keep(CachedScript script) {
        if (script.newer != null) {
            leaveOrder(script);
            evictable--;
        }
    }

    private void remove(CachedScript script) {
        keep(script);
        int slot = slot(script.shaHead);
        if (bySha[slot] == script) {
            bySha[slot] = script.nextBySha;
        } else {
            CachedScript before = bySha[slot];
            while (before.nextBySha != script) {
                before = before.nextBySha;
            }
            before.nextBySha = script.nextBySha;
        }
        slot = slot(script.bodyHash);
        if (byBody[slot] == script) {
            byBody[slot] = script.nextByBody;
        } else {
            CachedScript before = byBody[slot];
            while (before.nextByBody != script) {
                before = before.nextByBody;
            }
            before.nextByBody = script.nextByBody;
        }
        script.function.release();
        forget(script);
    }

    private void forget(CachedScript script) {
        size--;
        bodyBytes -= CachedScript.room(script.bodyLength);
        store.allocator().free(script.body, CachedScript.room(script.bodyLength));
    }

    /** Removes all scripts of an engine that goes. */
    void removeAll(Engine engine) {
        for (CachedScript chain : bySha.clone()) {
            CachedScript script = chain;
            while (script != null) {
                CachedScript next = script.nextBySha;
                if (script.engine == engine) {
                    remove(script);
                }
                script = next;
            }
        }
    }

    /** Forgets all scripts; the engines are reset besides, so no function is released. */
    void clear() {
        for (CachedScript chain : bySha) {
            for (CachedScript script = chain; script != null; script = script.nextBySha) {
                forget(script);
            }
        }
        bySha = new CachedScript[64];
        byBody = new CachedScript[64];
        ends.older = ends;
        ends.newer = ends;
        evictable = 0;
    }
}
