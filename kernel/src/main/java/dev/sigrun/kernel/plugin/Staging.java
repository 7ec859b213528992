// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The private copy of a plugin's file that the gate checks and classes are loaded from. Confined to
 * one thread at a time.
 *
 * <p>So what was checked is what runs, and operators may replace or delete their file while the
 * plugin is loaded. The folder is fresh for every load, so no cache can mix up two versions.
 */
final class Staging {
    private static final Logger LOG = LoggerFactory.getLogger(Staging.class);

    private final Path folder;
    private final Path copy;
    private String sha256;

    private Staging(Path folder) {
        this.folder = folder;
        this.copy = folder.resolve("plugin.jar");
    }

    /**
     * Copies a file.
     *
     * @param scratch folder for the copy; null for the system's temporary folder
     * @throws IOException when reading or writing fails or the file is too large
     */
    static Staging of(Path file, Path scratch) throws IOException {
        Path folder =
                scratch == null
                        ? Files.createTempDirectory("sigrun-plugin-")
                        : Files.createTempDirectory(scratch, "sigrun-plugin-");
        Staging staging = new Staging(folder);
        try {
            staging.copy(file);
            return staging;
        } catch (IOException | RuntimeException failure) {
            staging.delete();
            throw failure;
        }
    }

    /** The copy. */
    Path copy() {
        return copy;
    }

    /** Hash of the copy. */
    String sha256() {
        return sha256;
    }

    /**
     * Unpacks a checked zip of classes and libraries.
     *
     * @return where classes are to be looked for: the folder of classes, then the jars by name
     */
    List<Path> unpack() throws IOException {
        List<Path> jars = new ArrayList<>();
        try (ZipFile zip = new ZipFile(copy.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                String name = entry.getName();
                boolean jar = isLibrary(name);
                if (entry.isDirectory() || !(jar || name.startsWith("classes/"))) {
                    continue;
                }
                Path target = folder.resolve(name);
                Files.createDirectories(target.getParent());
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, target);
                }
                if (jar) {
                    jars.add(target);
                }
            }
        }
        Collections.sort(jars);
        jars.addFirst(folder.resolve("classes"));
        return jars;
    }

    /** Deletes the copy and everything that was unpacked; what cannot be deleted stays. */
    void delete() {
        try {
            Files.walkFileTree(folder, new Deletion());
        } catch (IOException left) {
            LOG.warn(
                    "The private copy {} of a plugin was not deleted: {}", folder, left.toString());
        }
    }

    private static boolean isLibrary(String name) {
        return name.startsWith("lib/") && name.endsWith(".jar") && name.indexOf('/', 4) < 0;
    }

    private void copy(Path file) throws IOException {
        MessageDigest digest = sha256Digest();
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
                DigestInputStream hashed = new DigestInputStream(in, digest);
                OutputStream out = Files.newOutputStream(copy)) {
            byte[] buffer = new byte[64 << 10];
            long bytes = 0;
            for (int read = hashed.read(buffer); read >= 0; read = hashed.read(buffer)) {
                bytes += read;
                if (bytes > GateLimits.FILE_BYTES_MAX) {
                    throw new IOException("it is larger than " + GateLimits.FILE_BYTES_MAX);
                }
                out.write(buffer, 0, read);
            }
        }
        sha256 = HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException failure)
                throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
