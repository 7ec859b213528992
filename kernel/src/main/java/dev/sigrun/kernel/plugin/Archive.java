// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Checks a jar or zip file from end to end: the central directory, the name of every entry, and the
 * content of every entry against its size and checksum. Confined to one thread.
 *
 * <p>Nothing that the file says about itself is believed: sizes are counted while unpacking,
 * against a budget that all archives of one plugin share. The plain zip reader is used on purpose,
 * the one for jars would parse a manifest of any size before it could be looked at.
 */
final class Archive {
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private static final String ZIP_MANIFEST = "classes/" + MANIFEST;

    private static final Pattern MULTI_RELEASE = Pattern.compile("META-INF/versions/\\d+/");

    /** Packages that exist once, in the server. */
    private static final List<String> SHARED =
            List.of("org/slf4j/", "dev/sigrun/spi/", "dev/sigrun/memory/", "dev/sigrun/kernel/");

    private final String shown;
    private final Budget budget;
    private final Set<String> names = new HashSet<>();
    private byte[] jarManifest;
    private byte[] zipManifest;

    private Archive(String shown, Budget budget) {
        this.shown = shown;
        this.budget = budget;
    }

    /** What all archives of one plugin may take together. */
    static final class Budget {
        private long bytes;
        private int entries;

        Budget(long bytes, int entries) {
            this.bytes = bytes;
            this.entries = entries;
        }
    }

    /**
     * Checks an archive.
     *
     * @param shown the name of the file in messages
     * @throws PluginException when anything in it is not as it should be
     */
    static Archive check(Path file, String shown, Budget budget) throws PluginException {
        Archive archive = new Archive(shown, budget);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            budget.entries -= zip.size();
            if (budget.entries < 0) {
                throw archive.refuse("has too many entries");
            }
            for (ZipEntry entry : Collections.list(zip.entries())) {
                archive.checkName(entry.getName());
                archive.checkContent(zip, entry);
            }
        } catch (IOException | IllegalArgumentException damaged) {
            throw archive.refuse("is damaged or not a jar: " + damaged.getMessage());
        }
        return archive;
    }

    /** The content of the manifest; null when there is none. */
    byte[] manifest() {
        return jarManifest != null ? jarManifest : zipManifest;
    }

    /** Whether the archive is a zip with {@code classes/} and {@code lib/}, not a jar. */
    boolean isZipLayout() {
        return jarManifest == null && zipManifest != null;
    }

    private void checkName(String name) throws PluginException {
        boolean odd = name.isEmpty() || name.indexOf('\\') >= 0 || name.indexOf(':') >= 0;
        for (int i = 0; i < name.length(); i++) {
            odd |= Character.isISOControl(name.charAt(i));
        }
        for (String part : name.split("/", -1)) {
            odd |= part.equals("..") || part.equals(".");
        }
        if (odd || name.startsWith("/") || name.contains("//")) {
            throw refuse("has an entry that could lie outside of it: '" + name + "'");
        }
        if (!names.add(name)) {
            throw refuse("has two entries '" + name + "'");
        }
        String path = name.startsWith("classes/") ? name.substring("classes/".length()) : name;
        path = MULTI_RELEASE.matcher(path).replaceFirst("");
        for (String shared : SHARED) {
            if (path.startsWith(shared) && path.endsWith(".class")) {
                throw refuse(
                        "contains "
                                + name
                                + ", which belongs to the server: give that dependency the scope"
                                + " 'provided'");
            }
        }
    }

    private void checkContent(ZipFile zip, ZipEntry entry) throws IOException, PluginException {
        if (MANIFEST.equalsIgnoreCase(entry.getName())) {
            // The class loader finds it in any case, so a second one would be the one that counts.
            if (jarManifest != null) {
                throw refuse("has two manifests");
            }
            jarManifest = readManifest(zip, entry);
        } else if (ZIP_MANIFEST.equals(entry.getName())) {
            zipManifest = readManifest(zip, entry);
        }
        CRC32 crc = new CRC32();
        long bytes = 0;
        byte[] buffer = new byte[16 << 10];
        try (InputStream in = zip.getInputStream(entry)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                crc.update(buffer, 0, read);
                bytes += read;
                budget.bytes -= read;
                if (bytes > entry.getSize() || budget.bytes < 0) {
                    throw refuse("unpacks to more than it says or than is allowed");
                }
            }
        }
        if (bytes != entry.getSize() || crc.getValue() != entry.getCrc()) {
            throw refuse("is damaged: the content of '" + entry.getName() + "' is not intact");
        }
    }

    private byte[] readManifest(ZipFile zip, ZipEntry entry) throws IOException, PluginException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] content = in.readNBytes(GateLimits.MANIFEST_BYTES_MAX + 1);
            if (content.length > GateLimits.MANIFEST_BYTES_MAX) {
                throw refuse(
                        "has a manifest of more than " + GateLimits.MANIFEST_BYTES_MAX + " bytes");
            }
            return content;
        }
    }

    private PluginException refuse(String why) {
        return PluginException.load("File " + shown + " " + why + ".");
    }
}
