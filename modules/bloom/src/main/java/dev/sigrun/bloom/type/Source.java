// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.type;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.RdbReader;

/**
 * Any one thread. Where the parts of RedisBloom's layout come from: a file, or the argument of
 * {@code BF.LOAD}.
 */
sealed interface Source permits Source.File, BlobReader {
    /** An unsigned number; negative when it has 64 bits. */
    long unsigned() throws RdbException;

    /** A double. */
    double dbl() throws RdbException;

    /** Moves to the next string. */
    void string() throws RdbException;

    /** Address of the string, until the next call. */
    long address();

    /** Length of the string. */
    long length();

    /** The parts of a file. */
    final class File implements Source {
        private final RdbReader in;
        private Bytes string;

        File(RdbReader in) {
            this.in = in;
        }

        @Override
        public long unsigned() throws RdbException {
            return in.unsigned();
        }

        @Override
        public double dbl() throws RdbException {
            return in.dbl();
        }

        @Override
        public void string() throws RdbException {
            string = in.string();
        }

        @Override
        public long address() {
            return string.address();
        }

        @Override
        public long length() {
            return string.length();
        }
    }
}
