// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config.file;

import dev.sigrun.kernel.config.ConfigFiles;
import dev.sigrun.kernel.config.text.GlobPattern;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the files an include with wildcards names, sorted, as the shell would. */
final class Includes {
    private final ConfigFiles files;

    Includes(ConfigFiles files) {
        this.files = files;
    }

    /** The files that match, possibly none: an empty directory of snippets is no mistake. */
    List<Path> matching(Path pattern) {
        List<Path> found = List.of(pattern.getRoot());
        for (Path part : pattern) {
            found = step(found, part.toString());
        }
        return found;
    }

    private List<Path> step(List<Path> directories, String part) {
        List<Path> found = new ArrayList<>();
        boolean wild = GlobPattern.isPattern(part);
        // The shell's sets are inverted by an exclamation mark, Valkey's by a caret.
        GlobPattern glob = GlobPattern.exact(part.replace("[!", "[^"));
        for (Path directory : directories) {
            for (String name : wild ? names(directory) : List.of(part)) {
                boolean hidden = name.startsWith(".") && !part.startsWith(".");
                if (!wild || (!hidden && glob.matches(name))) {
                    found.add(directory.resolve(name));
                }
            }
        }
        return found;
    }

    private List<String> names(Path directory) {
        try {
            List<String> names = new ArrayList<>(files.list(directory));
            names.sort(null);
            return names;
        } catch (IOException absent) {
            return List.of();
        }
    }
}
