// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A file system in a map, with /srv as the directory the process was started in. */
public final class FakeFiles implements ConfigFiles {
    private final Map<Path, byte[]> contents = new TreeMap<>();
    private boolean readOnly;

    public FakeFiles put(String path, String text) {
        contents.put(Path.of(path), text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    public String text(String path) {
        return new String(contents.get(Path.of(path)), StandardCharsets.ISO_8859_1);
    }

    public void makeReadOnly() {
        readOnly = true;
    }

    @Override
    public Path workingDirectory() {
        return Path.of("/srv");
    }

    @Override
    public byte[] read(Path file) throws IOException {
        byte[] content = contents.get(file);
        if (content == null) {
            throw new NoSuchFileException(file.toString());
        }
        return content.clone();
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        checkDirectory(directory);
        return contents.keySet().stream()
                .filter(file -> file.startsWith(directory) && !file.equals(directory))
                .map(file -> file.getName(directory.getNameCount()).toString())
                .distinct()
                .toList()
                .reversed();
    }

    @Override
    public void replaceAtomically(Path file, byte[] content) throws IOException {
        if (readOnly) {
            throw new AccessDeniedException(file.toString());
        }
        contents.put(file, content.clone());
    }

    @Override
    public void checkDirectory(Path directory) throws IOException {
        boolean known =
                directory.equals(workingDirectory())
                        || contents.keySet().stream().anyMatch(file -> file.startsWith(directory));
        if (!known) {
            throw new NoSuchFileException(directory.toString());
        }
    }

    @Override
    public void checkAppendable(Path file) throws IOException {
        checkDirectory(file.getParent());
    }
}
