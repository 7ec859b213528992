// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Decides from a file alone whether a plugin may be loaded. Any thread; it reads files, so better
 * not the owner.
 *
 * <p>There is one gate for all ways in: the configuration file, the command and the command line.
 * It looks at where the file lies, whether it is a sound archive, and whether its manifest fits
 * this server. No class of the plugin is loaded here.
 */
public final class PluginGate {
    private static final Pattern NATIVE =
            Pattern.compile(".*\\.(so|dylib|dll)(\\.\\d+)*", Pattern.CASE_INSENSITIVE);

    private final Path folder;
    private final Path scratch;

    private PluginGate(Path folder, Path scratch) {
        this.folder = folder;
        this.scratch = scratch;
    }

    /** A gate that takes files from anywhere. */
    public static PluginGate anywhere() {
        return new PluginGate(null, null);
    }

    /** This gate, but for files below a folder alone, symbolic links resolved. */
    public PluginGate below(Path pluginFolder) {
        return new PluginGate(pluginFolder, scratch);
    }

    /** This gate, but with private copies in a folder instead of the system's temporary one. */
    public PluginGate copyingTo(Path scratchFolder) {
        return new PluginGate(folder, scratchFolder);
    }

    /**
     * Checks a plugin's file.
     *
     * @throws PluginException when it may not be loaded
     */
    public Candidate open(Path file) throws PluginException {
        if (NATIVE.matcher(file.toString()).matches()) {
            throw PluginException.load(
                    "File "
                            + file
                            + " is a native module, and those do not run here: Sigrun's plugins are"
                            + " jar files. Look for the plugin that replaces this module.");
        }
        Path real = locate(file);
        Staging staging;
        try {
            staging = Staging.of(real, scratch);
        } catch (IOException failure) {
            throw PluginException.load(
                    "File " + file + " cannot be copied: " + failure.getMessage() + ".");
        }
        boolean done = false;
        try {
            Candidate candidate = inspect(real, staging);
            done = true;
            return candidate;
        } catch (IOException failure) {
            throw PluginException.load(
                    "File " + file + " cannot be unpacked: " + failure.getMessage() + ".");
        } finally {
            if (!done) {
                staging.delete();
            }
        }
    }

    private Path locate(Path file) throws PluginException {
        if (!Files.exists(file)) {
            throw PluginException.load("File " + file + " does not exist or cannot be reached.");
        }
        if (!Files.isRegularFile(file)) {
            throw PluginException.load("File " + file + " is not a regular file.");
        }
        try {
            Path real = file.toRealPath();
            if (folder != null && !real.startsWith(folder.toRealPath())) {
                throw PluginException.load(
                        "File "
                                + file
                                + " lies outside of the plugin folder "
                                + folder
                                + " (it really is "
                                + real
                                + ").");
            }
            return real;
        } catch (IOException failure) {
            throw PluginException.load(
                    "File " + file + " cannot be located: " + failure.getMessage() + ".");
        }
    }

    private static Candidate inspect(Path real, Staging staging)
            throws PluginException, IOException {
        Archive.Budget budget =
                new Archive.Budget(GateLimits.UNPACKED_BYTES_MAX, GateLimits.ENTRIES_MAX);
        Archive archive = Archive.check(staging.copy(), real.toString(), budget);
        if (archive.manifest() == null) {
            throw PluginException.load(
                    "File " + real + " is no plugin: it has no META-INF/MANIFEST.MF.");
        }
        PluginManifest manifest = PluginManifest.read(archive.manifest());
        refuseClassPath(real, archive.manifest());
        List<Path> classPath = List.of(staging.copy());
        if (archive.isZipLayout()) {
            classPath = staging.unpack();
            for (Path library : classPath.subList(1, classPath.size())) {
                Path shown = real.resolve("lib").resolve(library.getFileName());
                Archive inner = Archive.check(library, shown.toString(), budget);
                if (inner.manifest() != null) {
                    refuseClassPath(shown, inner.manifest());
                }
            }
        }
        return new Candidate(real, manifest, staging, classPath);
    }

    private static void refuseClassPath(Path file, byte[] manifest) throws PluginException {
        String problem = PluginManifest.classPathProblem(manifest);
        if (problem != null) {
            throw PluginException.load(
                    "File " + file + " does not pass the gate: " + problem + ".");
        }
    }
}
