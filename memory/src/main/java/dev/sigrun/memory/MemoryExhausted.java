// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

/** No block could be had: the region or the ceiling is used up. Nothing was changed. */
public final class MemoryExhausted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MemoryExhausted(String sentence) {
        super(sentence);
    }
}
