// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import java.nio.file.Path;
import java.util.List;

/**
 * A plugin that has passed the gate but of which no class is loaded. Made on any thread, confined
 * to one at a time. Whoever has it closes it, unless it is given to {@link PluginHost#load}.
 */
public final class Candidate implements AutoCloseable {
    private final Path path;
    private final PluginManifest manifest;
    private final Staging staging;
    private final List<Path> classPath;

    Candidate(Path path, PluginManifest manifest, Staging staging, List<Path> classPath) {
        this.path = path;
        this.manifest = manifest;
        this.staging = staging;
        this.classPath = List.copyOf(classPath);
    }

    /** The plugin's id. */
    public String id() {
        return manifest.id();
    }

    /** The file, symbolic links resolved. */
    public Path path() {
        return path;
    }

    /** Hash of the file in hexadecimal digits. */
    public String sha256() {
        return staging.sha256();
    }

    /** Deletes the private copy of the file. */
    @Override
    public void close() {
        staging.delete();
    }

    PluginManifest manifest() {
        return manifest;
    }

    /** The private copy; different for every candidate. */
    Path root() {
        return staging.copy();
    }

    /** Where classes are to be looked for. */
    List<Path> classPath() {
        return classPath;
    }
}
