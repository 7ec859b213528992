// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.server;

import dev.sigrun.testkit.Quoting;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Commands that load sketches from their own forms, on one line each. Any thread. */
final class SketchPayload {
    private static final int BYTES_MAX = 256;

    private SketchPayload() {}

    private static ByteBuffer buffer() {
        return ByteBuffer.allocate(BYTES_MAX).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String command(String words, ByteBuffer content) {
        byte[] bytes = new byte[content.position()];
        content.flip().get(bytes);
        return words + " " + Quoting.quote(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /** Version, width, depth and total. */
    static String countMin(String key) {
        ByteBuffer head = buffer().putLong(1).putLong(10).putLong(2).putLong(5);
        return command("CMS.LOADCHUNK " + key + " 1", head);
    }

    /** RedisBloom's head: items, buckets, deleted ones, layers; slots, moves, expansion. */
    static String cuckoo(String key) {
        ByteBuffer head = buffer().putLong(3).putLong(8).putLong(1).putLong(2);
        head.putShort((short) 2).putShort((short) 20).putShort((short) 2);
        return command("CF.LOADCHUNK " + key + " 1", head);
    }

    /** Version, k, width, depth, decay, chance, number of names; length, count and name. */
    static String topK(String key) {
        ByteBuffer head = buffer().putLong(1).putLong(3).putLong(8).putLong(7).putDouble(0.9);
        head.putLong(77).putLong(1).putInt(2).putInt(9).put((byte) 'a').put((byte) 'b');
        return command("TOPK.LOADCHUNK " + key + " 1", head);
    }

    /** Version, compression, bounds, compressions; mean and weight of two centroids. */
    static String digest(String key) {
        ByteBuffer blob = buffer().putLong(1).putLong(100).putDouble(1).putDouble(9).putLong(2);
        blob.putDouble(1).putDouble(1).putDouble(5.5).putDouble(7);
        return command("TDIGEST.LOAD " + key, blob);
    }
}
