// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.tracking;

import dev.sigrun.kernel.wire.ScratchSpace;
import dev.sigrun.memory.Blocks;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.dict.Dict;
import dev.sigrun.memory.dict.Element;
import dev.sigrun.memory.dict.Item;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * Which clients have read which key: a dictionary off the heap from names of keys to the numbers of
 * clients, in order, of eight bytes each. Owner thread only.
 */
final class InvalidationTable {
    private final Blocks blocks;
    private Dict dict;
    private final RandomGenerator random;
    private final ScratchSpace scratch = new ScratchSpace();
    private final Item key = new Item();
    private final Item value = new Item();
    private long root;
    private long items;

    InvalidationTable(Blocks blocks, RandomGenerator random) {
        this.blocks = blocks;
        this.random = random;
    }

    /** Number of keys. */
    long keys() {
        return root == 0 ? 0 : dict.size(root);
    }

    /** Number of clients, counted for each key. */
    long items() {
        return items;
    }

    /** Takes note that a client has read a key. */
    void add(long address, int length, long client) {
        if (dict == null) {
            dict = new Dict(blocks, 2, random.nextLong(), random.nextLong());
        }
        if (root == 0) {
            root = blocks.allocate(Dict.ROOT_BYTES);
            dict.create(root);
        }
        long position = dict.find(root, key.bytes(address, length));
        int bytes = 0;
        int at = 0;
        if (position != 0) {
            long known = Element.address(dict.value(position));
            bytes = Element.length(dict.value(position));
            at = search(known, bytes, client);
            if (at < bytes && Memory.getLong(known + at) == client) {
                return;
            }
            scratch.room(bytes + Long.BYTES);
            Memory.copy(known, scratch.address(), at);
            Memory.copy(known + at, scratch.address() + at + Long.BYTES, bytes - at);
        } else {
            scratch.room(Long.BYTES);
        }
        Memory.putLong(scratch.address() + at, client);
        dict.put(
                root,
                key.bytes(address, length),
                value.bytes(scratch.address(), bytes + Long.BYTES));
        items++;
        scratch.trim();
    }

    /** Where a client stands, or would stand, in bytes. */
    private static int search(long clients, int bytes, long client) {
        int low = 0;
        int high = bytes / Long.BYTES;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Memory.getLong(clients + (long) middle * Long.BYTES) < client) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low * Long.BYTES;
    }

    /** Takes a key out; the clients that have read it, oldest first, or null when there is none. */
    long[] remove(long address, int length) {
        if (root == 0 || dict.size(root) == 0) {
            return null;
        }
        long position = dict.find(root, key.bytes(address, length));
        if (position == 0) {
            return null;
        }
        long known = Element.address(dict.value(position));
        long[] clients = new long[Element.length(dict.value(position)) / Long.BYTES];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = Memory.getLong(known + (long) i * Long.BYTES);
        }
        dict.remove(root, key.bytes(address, length));
        items -= clients.length;
        return clients;
    }

    /** The name of any key; there is one. */
    byte[] anyKey() {
        long position = dict.random(root, random);
        if (Element.isInteger(position)) {
            return Long.toString(Element.integer(position)).getBytes(StandardCharsets.US_ASCII);
        }
        byte[] name = new byte[Element.length(position)];
        Memory.copy(Element.address(position), name, 0, name.length);
        return name;
    }

    /** Takes a key out, as above. */
    long[] remove(byte[] name) {
        scratch.room(Math.max(name.length, 1));
        Memory.copy(name, 0, scratch.address(), name.length);
        return remove(scratch.address(), name.length);
    }

    /** Forgets everything. */
    void clear() {
        if (root != 0) {
            dict.free(root);
            blocks.free(root, Dict.ROOT_BYTES);
            root = 0;
            items = 0;
        }
    }
}
