// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.server;

import dev.sigrun.kernel.store.StoredKey;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.type.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The digest of keys and values that Valkey's {@code DEBUG DIGEST} shows, bit by bit, so that the
 * content of the two servers can be compared.
 *
 * <p>Two operations build it. To add is to exclusive-or the SHA-1 of the bytes: the order of what
 * is added does not matter. To mix is to add and then to replace the sum by its own SHA-1: the
 * order matters. Databases and keys are added; what belongs to one element is mixed. Owner thread
 * only; one digest at a time.
 */
final class DatasetDigest {
    private static final int BYTES = 20;

    /** Valkey's numbers of the types, which are part of what is digested. */
    private static final int TYPE_STRING = 0;

    private static final int TYPE_MODULE = 5;
    private static final byte[] EXPIRES = "!!expire!!".getBytes(StandardCharsets.US_ASCII);

    private final MessageDigest sha1 = sha1();
    private final ValueDigest value = new ValueDigest();

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    /** A sum to which nothing was added. */
    static byte[] empty() {
        return new byte[BYTES];
    }

    /** A sum as Valkey shows it. */
    static String text(byte[] sum) {
        return HexFormat.of().formatHex(sum);
    }

    /** Mixes in the number of a database, before its keys. */
    void database(byte[] sum, int index) {
        mix(sum, number(index));
    }

    /** Adds a key with its value. */
    void key(byte[] sum, StoredKey key) {
        byte[] own = empty();
        mix(own, key.name().copy());
        value(own, key);
        add(sum, own);
    }

    /** Mixes in a value with whether it expires. */
    void value(byte[] sum, StoredKey key) {
        if (key.isString()) {
            mix(sum, number(TYPE_STRING));
            mix(sum, content(key));
        } else {
            int number = key.facts().nativeNumber();
            mix(sum, number(number < 0 ? TYPE_MODULE : number));
            if (number < 0) {
                value.begin(empty());
                key.facts().digestObject(value);
                add(sum, value.elements);
            } else {
                value.begin(sum);
                key.facts().digestObject(value);
            }
        }
        if (key.expireAtMillis() != -1) {
            add(sum, EXPIRES);
        }
    }

    private static byte[] content(StoredKey key) {
        try {
            return key.string().copy();
        } catch (CommandException e) {
            throw new IllegalStateException("a string has a content", e);
        }
    }

    private static byte[] number(int value) {
        return new byte[] {
            (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
        };
    }

    private void add(byte[] sum, byte[] content) {
        xor(sum, sha1.digest(content));
    }

    private void mix(byte[] sum, byte[] content) {
        add(sum, content);
        System.arraycopy(sha1.digest(sum), 0, sum, 0, BYTES);
    }

    private static void xor(byte[] sum, byte[] other) {
        for (int i = 0; i < BYTES; i++) {
            sum[i] ^= other[i];
        }
    }

    /**
     * Takes what a plugin's type says of a value: its parts are mixed, its elements added, to the
     * sum at hand for a type of Valkey's own and to one of the value's for a module's.
     */
    private final class ValueDigest implements Digest {
        private byte[] elements = empty();
        private byte[] element = empty();

        void begin(byte[] sum) {
            elements = sum;
            element = empty();
        }

        @Override
        public void ordered(long address, long length) {
            mix(elements, content(address, length));
        }

        @Override
        public void unordered(long address, long length) {
            DatasetDigest.this.add(elements, content(address, length));
        }

        private static byte[] content(long address, long length) {
            byte[] content = new byte[Math.toIntExact(length)];
            Memory.copy(address, content, 0, content.length);
            return content;
        }

        @Override
        public void add(long number) {
            add(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public void add(Bytes content) {
            add(content.copy());
        }

        @Override
        public void add(byte[] content) {
            mix(element, content);
        }

        @Override
        public void add(long address, long length) {
            add(content(address, length));
        }

        @Override
        public void endElement() {
            DatasetDigest.this.add(elements, element);
            element = empty();
        }
    }
}
