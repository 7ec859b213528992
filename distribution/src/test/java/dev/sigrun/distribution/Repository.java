// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The project's own files: what is under the root pom, without what is built or downloaded. */
final class Repository {
    private static final Set<String> SKIPPED =
            Set.of("target", "results", "shared", "node_modules");

    private final Path root;
    private final List<Path> files = new ArrayList<>();

    Repository() {
        root = root();
        try {
            Files.walkFileTree(root, new Walk());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.sort(null);
    }

    /** The outermost of the folders around this one that each have a pom. */
    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        Path outermost = folder;
        while (folder != null && Files.exists(folder.resolve("pom.xml"))) {
            outermost = folder;
            folder = folder.getParent();
            if (folder != null && !Files.exists(folder.resolve("pom.xml"))) {
                folder = folder.getParent();
            }
        }
        return outermost;
    }

    List<Path> ending(String suffix) {
        return files.stream().filter(file -> file.toString().endsWith(suffix)).toList();
    }

    /** Files that say on their first line which program runs them. */
    List<Path> scripts() {
        return files.stream()
                .filter(Files::isExecutable)
                .filter(file -> text(file).startsWith("#!"))
                .toList();
    }

    String name(Path file) {
        return root.relativize(file).toString();
    }

    static List<String> lines(Path file) {
        return text(file).lines().toList();
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (MalformedInputException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Walk extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            boolean hidden = name.startsWith(".") && !name.equals(".ci");
            return !folder.equals(root) && (hidden || SKIPPED.contains(name))
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                files.add(file);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
