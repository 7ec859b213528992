// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What configuration needs of a file system, so that tests and simulations can bring their own.
 *
 * <p>Errors carry the reason the operating system gave. Reading happens at start; the other calls
 * come from the owner, on CONFIG SET dir and CONFIG REWRITE only.
 */
public interface ConfigFiles {
    /** The directory the process was started in, absolute. */
    Path workingDirectory();

    byte[] read(Path file) throws IOException;

    /** The names in the directory, for an include with wildcards. */
    List<String> list(Path directory) throws IOException;

    /** Replaces the file so that a crash leaves either the old content or the new one. */
    void replaceAtomically(Path file, byte[] content) throws IOException;

    /** Fails unless the path is a directory that may be entered. */
    void checkDirectory(Path directory) throws IOException;

    /** Fails unless the file can be created or appended to. */
    void checkAppendable(Path file) throws IOException;
}
