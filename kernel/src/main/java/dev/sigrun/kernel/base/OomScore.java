// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How readily the system ends this process when memory is short: {@code /proc/self/oom_score_adj}.
 * The file is made from memory, so even the owner may write it. One thread at a time.
 */
public final class OomScore {
    private static final int MOST = 1000;

    private final Path file;
    private boolean isChanged;
    private int before;

    /** The score of this process. */
    public OomScore() {
        this(Path.of("/proc/self/oom_score_adj"));
    }

    OomScore(Path file) {
        this.file = file;
    }

    /**
     * Sets the score, within what the system knows.
     *
     * @param value the score, or what is added to the one that was there before the first change
     * @param isAdded whether it is added
     * @throws IOException when the system does not let the process do that
     */
    public void set(int value, boolean isAdded) throws IOException {
        if (!isChanged) {
            before = Integer.parseInt(Files.readString(file).strip());
            isChanged = true;
        }
        write(isAdded ? before + value : value);
    }

    /** Sets the score that was there before the first change, if there was one. */
    public void restore() throws IOException {
        if (isChanged) {
            write(before);
            isChanged = false;
        }
    }

    private void write(int value) throws IOException {
        Files.writeString(file, Math.clamp(value, -MOST, MOST) + "\n");
    }
}
