// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/** All that is asked of the file system about encryption. */
final class TlsFiles {
    private static final int FILE_BYTES_MAX = 8 << 20;

    private TlsFiles() {}

    /** The text of a file, one char a byte. */
    static String read(Path file) throws TlsRefused {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(FILE_BYTES_MAX), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new TlsRefused("No such file or directory");
        } catch (IOException e) {
            throw new TlsRefused(String.valueOf(e.getMessage()));
        }
    }

    /** The visible files of a directory, by name. */
    static List<Path> list(Path directory) throws TlsRefused {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(TlsFiles::isCandidate).sorted().toList();
        } catch (IOException e) {
            throw new TlsRefused(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isCandidate(Path file) {
        return !file.getFileName().toString().startsWith(".") && Files.isRegularFile(file);
    }

    /** Which file or directory this is, and when it was changed; or why that is not known. */
    static Object state(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return List.of(String.valueOf(found.fileKey()), found.lastModifiedTime());
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
