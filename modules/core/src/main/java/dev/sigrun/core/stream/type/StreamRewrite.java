// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.type;

import dev.sigrun.core.View;
import dev.sigrun.core.stream.store.Consumer;
import dev.sigrun.core.stream.store.EntryCursor;
import dev.sigrun.core.stream.store.Group;
import dev.sigrun.core.stream.store.IdText;
import dev.sigrun.core.stream.store.Nack;
import dev.sigrun.core.stream.store.NameCursor;
import dev.sigrun.core.stream.store.StreamRoot;
import dev.sigrun.memory.idmap.IdCursor;
import dev.sigrun.memory.number.Decimal;
import dev.sigrun.memory.pack.Listpack;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.CommandEmitter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The commands that build a stream again. Owner thread only. */
final class StreamRewrite {
    private final EntryCursor entries = new EntryCursor();
    private final NameCursor groups = new NameCursor();
    private final NameCursor consumers = new NameCursor();
    private final IdCursor pending = new IdCursor();
    private final IdText text = new IdText();
    private final View content = new View();
    private final View groupName = new View();
    private final View consumerName = new View();
    private final MemorySegment digits = Arena.ofAuto().allocate(Decimal.BYTES_MAX);

    void emit(long root, CommandEmitter out) {
        if (StreamRoot.length(root) == 0) {
            // An entry that is cut off at once leaves an empty stream.
            out.command("XADD", 6).key().arg("MAXLEN").arg(0).arg("0-1").arg("x").arg("y");
        } else {
            entries(root, out);
        }
        out.command("XSETID", 6)
                .key()
                .arg(id(StreamRoot.lastMs(root), StreamRoot.lastSeq(root)))
                .arg("ENTRIESADDED")
                .arg(StreamRoot.added(root))
                .arg("MAXDELETEDID")
                .arg(id(StreamRoot.deletedMs(root), StreamRoot.deletedSeq(root)));
        groups.groups(root);
        for (long group = groups.next(); group != 0; group = groups.next()) {
            group(group, out);
        }
    }

    private Bytes id(long ms, long seq) {
        return text.write(ms, seq).bytes();
    }

    private void entries(long root, CommandEmitter out) {
        entries.openAll(root);
        while (entries.next()) {
            out.command("XADD", (int) (2 + 2 * entries.fieldCount()))
                    .key()
                    .arg(id(entries.ms(), entries.seq()));
            while (entries.nextField()) {
                out.arg(content(entries.field())).arg(content(entries.value()));
            }
        }
    }

    private Bytes content(long element) {
        long address = Listpack.contentAddress(element, digits.address());
        return content.over(address, Listpack.contentLength(element));
    }

    private void group(long group, CommandEmitter out) {
        Bytes name = groupName.over(Group.name(group), Group.nameLength(group));
        out.command("XGROUP", 6)
                .arg("CREATE")
                .key()
                .arg(name)
                .arg(id(Group.lastMs(group), Group.lastSeq(group)))
                .arg("ENTRIESREAD")
                .arg(Group.entriesRead(group));
        consumers.consumers(group);
        for (long one = consumers.next(); one != 0; one = consumers.next()) {
            consumer(name, one, out);
        }
    }

    /** A consumer comes with the first entry that it has; one that has none needs to be made. */
    private void consumer(Bytes group, long consumer, CommandEmitter out) {
        Bytes name = consumerName.over(Consumer.name(consumer), Consumer.nameLength(consumer));
        boolean more = pending.first(Consumer.pending(consumer));
        if (!more) {
            out.command("XGROUP", 4).arg("CREATECONSUMER").key().arg(group).arg(name);
        }
        while (more) {
            long nack = pending.value();
            out.command("XCLAIM", 11)
                    .key()
                    .arg(group)
                    .arg(name)
                    .arg(0)
                    .arg(id(pending.ms(), pending.seq()))
                    .arg("TIME")
                    .arg(Nack.time(nack))
                    .arg("RETRYCOUNT")
                    .arg(Nack.count(nack))
                    .arg("JUSTID")
                    .arg("FORCE");
            more = pending.next();
        }
    }
}
