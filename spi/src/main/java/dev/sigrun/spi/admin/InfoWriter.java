// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.admin;

import dev.sigrun.spi.ForKernel;

/** Takes the fields of a section of {@code INFO}. */
@ForKernel
public interface InfoWriter {
    /** A field with a number. */
    void field(String name, long value);

    /** A field with text; without line breaks. */
    void field(String name, String value);
}
