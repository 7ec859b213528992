// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots that a server was writing or receiving when it came to a sudden end. Their names say
 * which process that was: they are removed when it is gone, or was another with this process's
 * number, as in containers. Owner thread only, before anything is loaded or saved.
 */
final class LeftFiles {
    private static final Logger LOG = LoggerFactory.getLogger(LeftFiles.class);

    /** What is saved has the process first; what a primary sent has the time around it. */
    private static final Pattern NAME =
            Pattern.compile("temp-(?:(\\d+)(?:-\\d+)?|\\d+\\.(\\d+)\\.\\d+)\\.rdb");

    private LeftFiles() {}

    /** Removes those in a folder. */
    static void remove(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "temp-*.rdb")) {
            for (Path file : files) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()
                        && isGone(name.group(1) != null ? name.group(1) : name.group(2))) {
                    boolean _ = Files.deleteIfExists(file);
                    LOG.info("Removed {}, which a server has left behind that was ended", file);
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            LOG.warn("Files that are of no use may be left in {}: {}", folder, e.toString());
        }
    }

    private static boolean isGone(String process) {
        try {
            long pid = Long.parseLong(process);
            return pid == ProcessHandle.current().pid() || ProcessHandle.of(pid).isEmpty();
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
