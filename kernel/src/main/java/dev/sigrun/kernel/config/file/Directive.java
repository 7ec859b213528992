// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config.file;

import java.util.List;

/**
 * A line that is for another part of the server to act on: user, loadmodule, rename-command.
 *
 * @param line its number in its file
 * @param text the line as written
 * @param words the line in words, the first of which is the directive's name
 */
public record Directive(int line, String text, List<String> words) {

    /** The error that stops the server because of this line. */
    public ConfigError refused(String reason) {
        return ConfigError.at(this, reason);
    }
}
