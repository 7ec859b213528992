// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

/** A programmer's error found by the checked mode: an access or a free outside of a live block. */
public final class MemoryFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MemoryFault(String sentence) {
        super(sentence);
    }
}
