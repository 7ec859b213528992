// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.acl;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;

/**
 * What was refused, newest first, and how often each kind of refusal was. What happens again within
 * a minute is counted in the entry that is there. Owner thread only.
 */
public final class AclLog {
    private static final long SAME_MILLIS_MAX = 60_000;
    private static final int SEARCHED_MAX = 10;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Map<Denial, Long> counts = new EnumMap<>(Denial.class);
    private long nextId;
    private long entriesMax = 128;

    /** Where something was refused. */
    public enum Context {
        /** A command of a client. */
        TOPLEVEL,
        /** A command of a transaction. */
        MULTI,
        /** A command of a script in Lua. */
        LUA,
        /** A command of a script in another language. */
        SCRIPT,
        /** A command of a plugin. */
        MODULE
    }

    /** Something that was refused, once or several times. */
    public static final class Entry {
        private final long id;
        private final Denial reason;
        private final Context context;
        private final String object;
        private final String userName;
        private final long createdMillis;
        private long updatedMillis;
        private String clientInfo;
        private long count = 1;

        private Entry(
                long id,
                Denial reason,
                Context context,
                String object,
                String userName,
                String clientInfo,
                long nowMillis) {
            this.id = id;
            this.reason = reason;
            this.context = context;
            this.object = object;
            this.userName = userName;
            this.clientInfo = clientInfo;
            this.createdMillis = nowMillis;
            this.updatedMillis = nowMillis;
        }

        private boolean isLike(Entry other) {
            return reason == other.reason
                    && context == other.context
                    && Math.abs(updatedMillis - other.updatedMillis) <= SAME_MILLIS_MAX
                    && object.equals(other.object)
                    && userName.equals(other.userName);
        }

        /** A number that no other entry ever has. */
        public long id() {
            return id;
        }

        /** Why it was refused. */
        public Denial reason() {
            return reason;
        }

        /** Where it was. */
        public Context context() {
            return context;
        }

        /** The command, key, channel or database that was refused. */
        public String object() {
            return object;
        }

        /** Who was refused it. */
        public String userName() {
            return userName;
        }

        /** When it first was, in Unix milliseconds. */
        public long createdMillis() {
            return createdMillis;
        }

        /** When it last was, in Unix milliseconds. */
        public long updatedMillis() {
            return updatedMillis;
        }

        /** The client that last was refused it, as {@code CLIENT LIST} shows it. */
        public String clientInfo() {
            return clientInfo;
        }

        /** How often it was. */
        public long count() {
            return count;
        }
    }

    /** Sets {@code acllog-max-len}; entries that are too many go when the next one comes. */
    public void entriesMax(long most) {
        entriesMax = most;
    }

    /** Takes down a refusal. */
    void add(
            Denial reason,
            Context context,
            String object,
            String userName,
            String clientInfo,
            long nowMillis) {
        Entry entry = new Entry(nextId, reason, context, object, userName, clientInfo, nowMillis);
        Entry known = takeOut(entry);
        if (known == null) {
            nextId++;
            entries.addFirst(entry);
            trim();
        } else {
            known.clientInfo = clientInfo;
            known.updatedMillis = nowMillis;
            known.count++;
            entries.addFirst(known);
        }
    }

    private Entry takeOut(Entry like) {
        int searched = 0;
        Iterator<Entry> each = entries.iterator();
        while (each.hasNext() && searched < SEARCHED_MAX) {
            Entry entry = each.next();
            if (entry.isLike(like)) {
                each.remove();
                return entry;
            }
            searched++;
        }
        return null;
    }

    /** Counts a refusal; says whether it is to be taken down as well. */
    boolean isToBeKept(Denial reason) {
        counts.merge(reason, 1L, Long::sum);
        if (entriesMax == 0) {
            trim();
        }
        return entriesMax != 0;
    }

    private void trim() {
        while (entries.size() > entriesMax) {
            entries.removeLast();
        }
    }

    /** How often something was refused for a reason. */
    public long count(Denial reason) {
        return counts.getOrDefault(reason, 0L);
    }

    /** The entries, newest first. */
    public Collection<Entry> entries() {
        return Collections.unmodifiableCollection(entries);
    }

    /** Forgets all entries, not the counts. */
    public void clear() {
        entries.clear();
    }
}
