// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import dev.sigrun.kernel.config.text.Errno;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What files an append-only file consists of, without a server. One thread. */
public final class AofListing {
    /**
     * One of the files.
     *
     * @param isSnapshot whether it begins with a snapshot; otherwise it holds commands alone
     */
    public record Part(Path file, long bytes, boolean isSnapshot) {}

    private AofListing() {}

    /** Whether a file is a manifest. */
    public static boolean isManifest(Disk disk, Path file) throws IOException {
        byte[] begin = new byte[4096];
        int length;
        try (Disk.Reading reading = disk.read(file)) {
            length = Math.max(reading.read(begin, 0, begin.length), 0);
        }
        String text = new String(begin, 0, length, StandardCharsets.ISO_8859_1);
        for (String line : text.split("\n", -1)) {
            if (!line.startsWith("#")) {
                return line.startsWith("file");
            }
        }
        return false;
    }

    /**
     * The files that a manifest names, in the order of loading; or the one file that is no
     * manifest.
     *
     * @throws IOException when a file cannot be read, or the manifest makes no sense
     */
    public static List<Part> of(Disk disk, Path file) throws IOException {
        if (!isManifest(disk, file)) {
            return List.of(part(disk, file));
        }
        Manifest manifest;
        try {
            manifest = Manifest.parse(AofFolder.text(disk, file));
        } catch (ManifestError e) {
            throw new IOException(String.join("\n", e.report()), e);
        }
        List<Part> parts = new ArrayList<>();
        for (AofFile named : manifest.toLoad()) {
            parts.add(part(disk, named.in(file.toAbsolutePath().getParent())));
        }
        return parts;
    }

    private static Part part(Disk disk, Path file) throws IOException {
        try {
            return new Part(file, disk.size(file), AofLoader.isRdb(disk, file));
        } catch (IOException e) {
            throw new IOException("Cannot open file " + file + ": " + Errno.text(e), e);
        }
    }
}
