// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.introspect;

import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.command.KeySpec.Use;
import dev.sigrun.spi.reply.ReplyWriter;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes key specifications. Any thread. */
final class KeySpecReply {
    /** The order in which clients are shown what a command does with a key. */
    private static final List<Use> USES =
            List.of(
                    Use.RO,
                    Use.RW,
                    Use.OW,
                    Use.RM,
                    Use.ACCESS,
                    Use.UPDATE,
                    Use.INSERT,
                    Use.DELETE,
                    Use.NOT_KEY,
                    Use.INCOMPLETE,
                    Use.VARIABLE_FLAGS);

    private KeySpecReply() {}

    static void specs(ReplyWriter reply, List<KeySpec> specs) {
        reply.set(specs.size());
        for (KeySpec keys : specs) {
            reply.map(keys.notes() == null ? 3 : 4);
            if (keys.notes() != null) {
                reply.bulk("notes");
                reply.bulk(keys.notes());
            }
            reply.bulk("flags");
            uses(reply, keys.uses());
            reply.bulk("begin_search");
            beginSearch(reply, keys);
            reply.bulk("find_keys");
            findKeys(reply, keys);
        }
    }

    static void uses(ReplyWriter reply, Set<Use> uses) {
        reply.set((int) USES.stream().filter(uses::contains).count());
        for (Use use : USES) {
            if (uses.contains(use)) {
                reply.simple(name(use));
            }
        }
    }

    private static String name(Use use) {
        return switch (use) {
            case RO, RW, OW, RM -> use.name();
            default -> use.name().toLowerCase(Locale.ROOT);
        };
    }

    private static void beginSearch(ReplyWriter reply, KeySpec keys) {
        if (keys.isUnknown()) {
            type(reply, "unknown", 0);
        } else if (keys.beginKeyword() == null) {
            type(reply, "index", 1);
            number(reply, "index", keys.beginIndex());
        } else {
            type(reply, "keyword", 2);
            reply.bulk("keyword");
            reply.bulk(keys.beginKeyword());
            number(reply, "startfrom", keys.beginIndex());
        }
    }

    private static void findKeys(ReplyWriter reply, KeySpec keys) {
        if (keys.isUnknown()) {
            type(reply, "unknown", 0);
        } else if (keys.isCounted()) {
            type(reply, "keynum", 3);
            number(reply, "keynumidx", 0);
            number(reply, "firstkey", keys.last());
            number(reply, "keystep", keys.step());
        } else {
            type(reply, "range", 3);
            number(reply, "lastkey", keys.last());
            number(reply, "keystep", keys.step());
            number(reply, "limit", keys.limit());
        }
    }

    private static void type(ReplyWriter reply, String type, int fields) {
        reply.map(2);
        reply.bulk("type");
        reply.bulk(type);
        reply.bulk("spec");
        reply.map(fields);
    }

    private static void number(ReplyWriter reply, String name, int value) {
        reply.bulk(name);
        reply.integer(value);
    }
}
