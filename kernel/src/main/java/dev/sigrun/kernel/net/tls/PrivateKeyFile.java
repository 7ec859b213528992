// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The file with a private key, in all the forms that OpenSSL writes: PKCS #8, encrypted or not, and
 * the older ones for RSA and elliptic curves, which the JDK does not read by itself.
 */
final class PrivateKeyFile {
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");
    private static final byte[] ZERO = Der.element(Der.INTEGER, new byte[1]);
    private static final byte[] RSA =
            Der.element(
                    Der.SEQUENCE,
                    Der.element(Der.OBJECT_ID, HexFormat.of().parseHex("2a864886f70d010101")),
                    Der.element(Der.NULL));
    private static final byte[] EC =
            Der.element(Der.OBJECT_ID, HexFormat.of().parseHex("2a8648ce3d0201"));

    private PrivateKeyFile() {}

    /**
     * Reads a key.
     *
     * @param password null when there is none
     */
    static PrivateKey read(Path file, String password) throws TlsRefused {
        for (Pem block : Pem.read(file)) {
            if (block.label().endsWith("PRIVATE KEY")) {
                try {
                    return key(block, password);
                } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
                    throw new TlsRefused(String.valueOf(e.getMessage()));
                }
            }
        }
        throw new TlsRefused("no private key in the file");
    }

    private static PrivateKey key(Pem block, String password)
            throws TlsRefused, IOException, GeneralSecurityException {
        byte[] content = block.content();
        if (block.encryption() != null) {
            content = decryptOld(block, required(password));
        }
        return switch (block.label()) {
            case "PRIVATE KEY" -> pkcs8(content);
            case "ENCRYPTED PRIVATE KEY" -> decrypt(content, required(password));
            case "RSA PRIVATE KEY" -> pkcs8(Der.element(Der.SEQUENCE, ZERO, RSA, octets(content)));
            case "EC PRIVATE KEY" ->
                    pkcs8(Der.element(Der.SEQUENCE, ZERO, curve(content), octets(content)));
            default -> throw new TlsRefused("unsupported: " + block.label());
        };
    }

    private static String required(String password) throws TlsRefused {
        if (password == null) {
            throw new TlsRefused("the key is encrypted and there is no password");
        }
        return password;
    }

    private static byte[] octets(byte[] content) {
        return Der.element(Der.OCTETS, content);
    }

    private static PrivateKey pkcs8(byte[] content) throws TlsRefused, GeneralSecurityException {
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(content);
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // It is a key of another kind, perhaps.
            }
        }
        throw new TlsRefused("the key is malformed or of a kind that is not supported");
    }

    /** The curve's name, which stands within the key. */
    private static byte[] curve(byte[] content) throws TlsRefused {
        Der outer = new Der(content);
        if (outer.next()) {
            Der inner = outer.enter();
            while (inner.next()) {
                if (inner.tag() == 0xa0) {
                    return Der.element(Der.SEQUENCE, EC, inner.content());
                }
            }
        }
        throw new TlsRefused("the key does not name its curve");
    }

    private static PrivateKey decrypt(byte[] content, String password)
            throws TlsRefused, IOException, GeneralSecurityException {
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(content);
        AlgorithmParameters parameters = info.getAlgParameters();
        // With PBES2 only the parameters know which algorithms it is made of.
        String algorithm =
                parameters != null && parameters.getAlgorithm().equals("PBES2")
                        ? parameters.toString()
                        : info.getAlgName();
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray());
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.DECRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(spec),
                parameters);
        return pkcs8(info.getKeySpec(cipher).getEncoded());
    }

    /** Decrypts what was encrypted in the way that is older than PKCS #8. */
    private static byte[] decryptOld(Pem block, String password)
            throws TlsRefused, GeneralSecurityException {
        int comma = block.encryption().indexOf(',');
        String name = block.encryption().substring(0, Math.max(comma, 0));
        byte[] iv = HexFormat.of().parseHex(block.encryption().substring(comma + 1).strip());
        String upper = name.toUpperCase(Locale.ROOT);
        int keyBytes =
                switch (upper) {
                    case "AES-128-CBC" -> 16;
                    case "AES-192-CBC", "DES-EDE3-CBC" -> 24;
                    case "AES-256-CBC" -> 32;
                    default -> throw new TlsRefused("unsupported encryption of the key: " + name);
                };
        String algorithm = upper.startsWith("AES") ? "AES" : "DESede";
        byte[] key = oldKey(password, iv, keyBytes);
        Cipher cipher = Cipher.getInstance(algorithm + "/CBC/PKCS5Padding");
        cipher.init(
                Cipher.DECRYPT_MODE, new SecretKeySpec(key, algorithm), new IvParameterSpec(iv));
        return cipher.doFinal(block.content());
    }

    private static byte[] oldKey(String password, byte[] iv, int length)
            throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("MD5");
        byte[] key = new byte[length];
        byte[] last = new byte[0];
        for (int done = 0; done < length; done += last.length) {
            digest.update(last);
            digest.update(password.getBytes(StandardCharsets.ISO_8859_1));
            digest.update(iv, 0, 8);
            last = digest.digest();
            System.arraycopy(last, 0, key, done, Math.min(last.length, length - done));
        }
        return Arrays.copyOf(key, length);
    }
}
