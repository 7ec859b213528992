// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config.text;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Any thread. The words of the operating system for an error, which users know and tools match. */
public final class Errno {
    private Errno() {}

    public static String text(IOException error) {
        if (error instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        if (error instanceof AccessDeniedException) {
            return "Permission denied";
        }
        if (error instanceof NotDirectoryException) {
            return "Not a directory";
        }
        if (error instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        return error.getMessage() == null ? "Input/output error" : error.getMessage();
    }
}
