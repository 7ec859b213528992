// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

import dev.sigrun.memory.Memory;

/**
 * Owner thread only. Where the leaf with a number is.
 *
 * <p>A leaf's block changes with nearly every insertion, its number stays. So the index may say in
 * four bytes in which leaf a member is, and only has to be told when a member goes over to another
 * leaf. The numbers in use are always those from 0 on, without gaps: when a leaf goes, the one with
 * the highest number takes its place, and the table never has more than is needed.
 *
 * <p>Up to {@value #CHUNK} addresses are one block; more are in blocks of so many each, whose
 * addresses are in a block of their own, so that the table grows in small steps.
 */
final class LeafTable {
    private static final int CHUNK_SHIFT = 7;
    private static final int CHUNK = 1 << CHUNK_SHIFT;
    private static final int CHUNK_BYTES = CHUNK << 3;
    private static final int LEAST = 4;

    /** The list of chunks grows by so many entries at a time. */
    private static final int LIST_STEP = 16;

    private final Account account;

    LeafTable(Account account) {
        this.account = account;
    }

    static long leaf(long root, int number) {
        return Memory.getLong(slot(root, number));
    }

    static void leaf(long root, int number, long leaf) {
        Memory.putLong(slot(root, number), leaf);
    }

    private static long slot(long root, int number) {
        long block = Root.table(root);
        if (Root.room(root) > CHUNK) {
            block = Memory.getLong(block + ((long) (number >>> CHUNK_SHIFT) << 3));
        }
        return block + ((long) (number & (CHUNK - 1)) << 3);
    }

    /** Makes sure that there is room for one leaf more. */
    void reserve(long root) {
        int room = Root.room(root);
        if (Root.leaves(root) < room) {
            return;
        }
        if (room == 0) {
            Root.table(root, account.allocate(LEAST << 3));
            Root.room(root, LEAST);
        } else if (room < CHUNK) {
            Root.table(root, account.resize(Root.table(root), (long) room << 3, (long) room << 4));
            Root.room(root, room << 1);
        } else {
            addChunk(root, room);
        }
    }

    private void addChunk(long root, int room) {
        int chunks = room >>> CHUNK_SHIFT;
        long chunk = account.allocate(CHUNK_BYTES);
        boolean done = false;
        try {
            if (chunks == 1) {
                long list = account.allocate(listBytes(2));
                Memory.putLong(list, Root.table(root));
                Root.table(root, list);
            } else if (listBytes(chunks + 1) != listBytes(chunks)) {
                Root.table(
                        root,
                        account.resize(Root.table(root), listBytes(chunks), listBytes(chunks + 1)));
            }
            done = true;
        } finally {
            if (!done) {
                account.free(chunk, CHUNK_BYTES);
            }
        }
        Memory.putLong(Root.table(root) + ((long) chunks << 3), chunk);
        Root.room(root, room + CHUNK);
    }

    private static long listBytes(int chunks) {
        return ((chunks + LIST_STEP - 1L) / LIST_STEP * LIST_STEP) << 3;
    }

    /** Gives a new leaf its number; there must be room. */
    void add(long root, long leaf) {
        int number = Root.leaves(root);
        Root.leaves(root, number + 1);
        leaf(root, number, leaf);
        Leaf.number(leaf, number);
    }

    /** Takes the highest number out of use. */
    void removeLast(long root) {
        int leaves = Root.leaves(root) - 1;
        Root.leaves(root, leaves);
        int room = Root.room(root);
        if (room <= CHUNK) {
            shrinkChunk(root, leaves, room);
        } else if (leaves <= room - CHUNK - CHUNK / 2) {
            removeChunk(root, (room >>> CHUNK_SHIFT) - 1);
        }
    }

    private void shrinkChunk(long root, int leaves, int room) {
        if (leaves == 0) {
            account.free(Root.table(root), (long) room << 3);
            Root.table(root, 0);
            Root.room(root, 0);
        } else if (leaves * 4 <= room && room > LEAST) {
            long moved = account.shrink(Root.table(root), (long) room << 3, (long) room << 2);
            if (moved != 0) {
                Root.table(root, moved);
                Root.room(root, room >>> 1);
            }
        }
    }

    private void removeChunk(long root, int chunks) {
        long list = Root.table(root);
        long chunk = Memory.getLong(list + ((long) chunks << 3));
        if (chunks == 1) {
            Root.table(root, Memory.getLong(list));
            account.free(list, listBytes(2));
        } else if (listBytes(chunks) != listBytes(chunks + 1)) {
            long moved = account.shrink(list, listBytes(chunks + 1), listBytes(chunks));
            if (moved == 0) {
                return;
            }
            Root.table(root, moved);
        }
        account.free(chunk, CHUNK_BYTES);
        Root.room(root, chunks << CHUNK_SHIFT);
    }

    /** Gives the whole table back. */
    void free(long root) {
        int room = Root.room(root);
        if (room > CHUNK) {
            long list = Root.table(root);
            int chunks = room >>> CHUNK_SHIFT;
            for (int i = 0; i < chunks; i++) {
                account.free(Memory.getLong(list + ((long) i << 3)), CHUNK_BYTES);
            }
            account.free(list, listBytes(chunks));
        } else if (room > 0) {
            account.free(Root.table(root), (long) room << 3);
        }
        Root.table(root, 0);
        Root.room(root, 0);
        Root.leaves(root, 0);
    }
}
