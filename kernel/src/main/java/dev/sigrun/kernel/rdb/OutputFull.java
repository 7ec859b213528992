// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.rdb;

/**
 * A value needs more bytes than its output may take. Unchecked, because the methods by which types
 * write cannot fail otherwise; whoever made the output catches it.
 */
public final class OutputFull extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutputFull(int bytesMax) {
        super("The value takes more than " + bytesMax + " bytes.", null, false, false);
    }
}
