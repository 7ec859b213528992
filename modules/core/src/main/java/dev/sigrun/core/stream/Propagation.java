// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import dev.sigrun.core.View;
import dev.sigrun.core.stream.store.Consumer;
import dev.sigrun.core.stream.store.Group;
import dev.sigrun.core.stream.store.IdText;
import dev.sigrun.core.stream.store.Nack;
import dev.sigrun.core.stream.store.StreamId;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.replication.Replication;
import dev.sigrun.spi.type.CommandEmitter;

/**
 * Owner thread only. What reading by a group, and claiming, replicate as: commands that say what
 * came of them, so that they may be applied more than once and depend on no clock.
 */
final class Propagation {
    private final IdText text = new IdText();
    private final View name = new View();
    private Replication to;
    private Bytes key;
    private Bytes groupName;

    /** Says where commands go from now on, and which group they are about. */
    void open(Replication newTo, Bytes newKey, Bytes newGroupName) {
        to = newTo;
        key = newKey;
        groupName = newGroupName;
    }

    private Bytes id(long ms, long seq) {
        return text.write(ms, seq).bytes();
    }

    private Bytes lastId(long group) {
        return id(Group.lastMs(group), Group.lastSeq(group));
    }

    /**
     * A consumer has an entry now, or is about to lose one that does not exist any more.
     *
     * @param id the entry, in the words of the client
     */
    void claim(long group, long nack, Bytes id) {
        claim(nack).arg(id);
        finish(group, nack);
    }

    /** The same for an entry that the client did not name. */
    void claim(long group, long nack, StreamId id) {
        claim(nack).arg(id(id.ms(), id.seq()));
        finish(group, nack);
    }

    private CommandEmitter claim(long nack) {
        return to.instead()
                .command("XCLAIM", 13)
                .arg(key)
                .arg(groupName)
                .arg(name(Nack.consumer(nack)))
                .arg(0);
    }

    private Bytes name(long consumer) {
        return name.over(Consumer.name(consumer), Consumer.nameLength(consumer));
    }

    private void finish(long group, long nack) {
        to.instead()
                .arg("TIME")
                .arg(Nack.time(nack))
                .arg("RETRYCOUNT")
                .arg(Nack.count(nack))
                .arg("FORCE")
                .arg("JUSTID")
                .arg("LASTID")
                .arg(lastId(group));
    }

    /** A group has been served up to another entry. */
    void groupId(long group) {
        to.instead()
                .command("XGROUP", 6)
                .arg("SETID")
                .arg(key)
                .arg(groupName)
                .arg(lastId(group))
                .arg("ENTRIESREAD")
                .arg(Group.entriesRead(group));
    }

    /** A group has a new consumer. */
    void consumer(Bytes consumerName) {
        to.instead()
                .command("XGROUP", 4)
                .arg("CREATECONSUMER")
                .arg(key)
                .arg(groupName)
                .arg(consumerName);
    }
}
