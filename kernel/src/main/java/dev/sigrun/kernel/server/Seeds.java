// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Everything that is random about one server: the hash's key, its ids and its dice.
 *
 * @param hashKey0 half of the hash's key
 * @param hashKey1 the other half
 * @param random the dice that commands use
 */
public record Seeds(long hashKey0, long hashKey1, RandomGenerator random) {
    /** Unpredictable seeds. */
    public static Seeds fresh() {
        SecureRandom secure = new SecureRandom();
        return new Seeds(
                secure.nextLong(), secure.nextLong(), new SplittableRandom(secure.nextLong()));
    }

    /** Seeds whose dice are unpredictable but whose hash follows from a text, on every node. */
    public static Seeds withHashSeed(String hashSeed) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(hashSeed.getBytes(StandardCharsets.UTF_8));
            java.nio.ByteBuffer words = java.nio.ByteBuffer.wrap(digest);
            return new Seeds(words.getLong(), words.getLong(), fresh().random());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** A reproducible server, for tests. */
    public static Seeds of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Seeds(random.nextLong(), random.nextLong(), random);
    }

    String hexadecimal(int digits) {
        byte[] bytes = new byte[digits / 2];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
