// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.list;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.core.element.ElementWalk;
import dev.sigrun.memory.pack.Listpack;
import dev.sigrun.memory.pack.Ziplist;
import dev.sigrun.memory.quicklist.ListWalk;
import dev.sigrun.memory.quicklist.Quicklist;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.Cell;
import dev.sigrun.spi.type.NativeCodec;
import dev.sigrun.spi.type.NativeInput;
import dev.sigrun.spi.type.NativeOutput;
import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.ValueContext;
import dev.sigrun.spi.type.ValueWalk;

/**
 * The layouts of lists in files: elements one by one (1), one ziplist (10), a chain of ziplists
 * (14), and a chain of listpacks and large elements (18), which is the one that is written, with a
 * small list as a chain of one. Owner thread only.
 */
final class ListCodec implements NativeCodec<Cell> {
    private static final int ELEMENTS = 1;
    private static final int ZIPLIST = 10;
    private static final int ZIPLISTS = 14;
    private static final int NODES = 18;

    /** The kinds of node in {@link #NODES}. */
    private static final int PLAIN = 1;

    private static final int PACKED = 2;

    private final Lists lists;
    private final CoreMemory memory;
    private final Ziplist ziplist = new Ziplist();

    ListCodec(Lists lists, CoreMemory memory) {
        this.lists = lists;
        this.memory = memory;
    }

    @Override
    public int[] layoutsRead() {
        return new int[] {ELEMENTS, ZIPLIST, ZIPLISTS, NODES};
    }

    @Override
    public int layoutWritten(ValueContext context, Cell cell, int rdbVersion) {
        return NODES;
    }

    @Override
    public void encode(ValueContext context, Cell cell, int layout, NativeOutput out) {
        out.writeLength(lists.nodes(cell));
        if (!Lists.isLarge(cell)) {
            long lp = Lists.content(cell);
            out.writeLength(PACKED);
            out.writeString(lp, Listpack.bytes(lp));
            return;
        }
        Quicklist quicklists = lists.quicklists();
        long node = quicklists.firstNode(Lists.content(cell));
        for (; node != 0; node = quicklists.nextNode(node)) {
            out.writeLength(quicklists.isPlain(node) ? PLAIN : PACKED);
            out.writeString(quicklists.contentAddress(node), quicklists.contentBytes(node));
        }
    }

    @Override
    public ValueWalk walk(ValueContext context, Cell cell, int layout, NativeOutput out) {
        if (!Lists.isLarge(cell)) {
            return null;
        }
        ListWalk walk =
                new ListWalk(lists.quicklists(), () -> Lists.content(cell), new NodeWriter(out));
        out.writeLength(walk.count());
        return new ElementWalk(walk);
    }

    /** Writes nodes as the file has them. */
    private record NodeWriter(NativeOutput out) implements ListWalk.Visitor {
        @Override
        public void visit(boolean plain, long address, long bytes) {
            out.writeLength(plain ? PLAIN : PACKED);
            out.writeString(address, bytes);
        }

        @Override
        public void visit(boolean plain, byte[] content) {
            out.writeLength(plain ? PLAIN : PACKED);
            out.writeString(content);
        }
    }

    @Override
    public Cell decode(ValueContext context, int layout, NativeInput in) throws RdbException {
        long root = lists.newRoot();
        boolean done = false;
        try {
            switch (layout) {
                case ELEMENTS -> readElements(root, in);
                case ZIPLIST -> readZiplist(root, in.readString());
                case ZIPLISTS -> readZiplists(root, in);
                default -> readNodes(root, in);
            }
            Cell cell = null;
            if (lists.quicklists().count(root) > 0) {
                // As in Valkey, what was one ziplist does not become small before it shrinks.
                cell = lists.toCell(context, root, layout != ZIPLIST);
            }
            done = true;
            return cell;
        } finally {
            if (!done) {
                lists.quicklists().free(root);
            }
        }
    }

    @Override
    public boolean isReadInParts(int layout) {
        return layout != ZIPLIST;
    }

    @Override
    public void decodeMore(ValueContext context, Cell cell, int layout, NativeInput in)
            throws RdbException {
        long root = lists.rootOf(cell);
        switch (layout) {
            case ELEMENTS -> readElements(root, in);
            case ZIPLISTS -> readZiplists(root, in);
            default -> readNodes(root, in);
        }
    }

    private void readElements(long root, NativeInput in) throws RdbException {
        for (long left = in.readCount(1); left > 0; left--) {
            Bytes element = in.readString();
            lists.quicklists().pushTail(root, element.address(), element.length());
        }
    }

    private void readNodes(long root, NativeInput in) throws RdbException {
        for (long left = in.readCount(2); left > 0; left--) {
            long kind = in.readLength();
            Bytes content = in.readString();
            if (kind == PACKED) {
                requireSound(Listpack.validate(content.address(), content.length(), true));
                lists.quicklists().appendListpack(root, content.address());
            } else {
                requireSound(kind == PLAIN && !content.isEmpty());
                lists.quicklists().appendPlain(root, content.address(), content.length());
            }
        }
    }

    private static void requireSound(boolean sound) throws RdbException {
        if (!sound) {
            throw RdbException.corrupt("List node integrity check failed.");
        }
    }

    private void readZiplist(long root, Bytes content) throws RdbException {
        requireSound(ziplist.open(content.address(), content.length()));
        while (ziplist.next()) {
            if (ziplist.isInteger()) {
                lists.pushInteger(root, ziplist.integer());
            } else {
                lists.quicklists().pushTail(root, ziplist.stringAddress(), ziplist.stringLength());
            }
        }
    }

    private void readZiplists(long root, NativeInput in) throws RdbException {
        for (long left = in.readCount(1); left > 0; left--) {
            Bytes content = in.readString();
            requireSound(ziplist.open(content.address(), content.length()));
            long bytes = listpackBytes();
            long lp = memory.allocate(bytes);
            try {
                fill(lp);
                lists.quicklists().appendListpack(root, lp);
            } finally {
                memory.free(lp, bytes);
            }
        }
    }

    /** Bytes of the listpack with the same entries; at most a little more than the ziplist's. */
    private long listpackBytes() {
        long bytes = Listpack.EMPTY_BYTES;
        while (ziplist.next()) {
            bytes +=
                    ziplist.isInteger()
                            ? Listpack.entryBytes(ziplist.integer())
                            : Listpack.entryBytes(ziplist.stringAddress(), ziplist.stringLength());
        }
        ziplist.rewind();
        return bytes;
    }

    private void fill(long lp) {
        Listpack.create(lp);
        while (ziplist.next()) {
            if (ziplist.isInteger()) {
                Listpack.append(lp, ziplist.integer());
            } else {
                Listpack.append(lp, ziplist.stringAddress(), ziplist.stringLength());
            }
        }
    }
}
