// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import dev.sigrun.core.View;
import dev.sigrun.memory.number.DoubleText;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Owner thread only. Scores as text in memory; a flyweight, valid until the next score. */
final class ScoreText {
    private final MemorySegment memory = Arena.ofAuto().allocate(DoubleText.BYTES_MAX);
    private final DoubleText text = new DoubleText();
    private final View view = new View();

    /** As replies have it. */
    View format(double score) {
        return over(text.format(score));
    }

    /** With 17 digits, as scans of large sets and rewritten files have it. */
    View print(double score) {
        return over(text.print(score));
    }

    /** As digests have it. */
    View shortest(double score) {
        return over(text.shortest(score));
    }

    private View over(DoubleText written) {
        written.copyTo(memory.address());
        return view.over(memory.address(), written.length());
    }
}
