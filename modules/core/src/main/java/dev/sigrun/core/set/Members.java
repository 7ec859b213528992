// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.set;

import dev.sigrun.memory.dict.Item;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.reply.ReplyWriter;

/** Members on their way from arguments and into replies. Any thread. */
final class Members {
    private Members() {}

    /** Puts an item over an argument. */
    static Item over(Item item, Bytes argument) {
        return item.bytes(argument.address(), argument.length());
    }

    static void reply(ReplyWriter reply, Item member) {
        if (member.isInteger()) {
            reply.bulk(member.integer());
        } else {
            reply.bulk(member.address(), member.length());
        }
    }

    /** Writes all members that an iterator still has. */
    static void replyAll(ReplyWriter reply, SetIterator iterator) {
        while (iterator.next()) {
            reply(reply, iterator.item());
        }
    }
}
