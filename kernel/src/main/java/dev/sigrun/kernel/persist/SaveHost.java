// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist;

import dev.sigrun.kernel.rdb.RdbOutput;
import java.util.function.BooleanSupplier;

/**
 * What saving and loading need of the layers above. Owner thread only.
 *
 * @param version the version of Valkey that this server speaks like
 * @param position where the data stands in the history of changes
 * @param libraries writes the libraries of functions, opcodes included
 * @param loaderHooks what loaded files say beside keys goes there
 * @param rewriting whether the snapshot under way is for the append-only file
 */
public record SaveHost(
        String version,
        StreamPosition.Source position,
        Libraries libraries,
        Hooks loaderHooks,
        BooleanSupplier rewriting) {
    /** Writes the libraries of functions. */
    @FunctionalInterface
    public interface Libraries {
        /** Writes all of them, each with its opcode. */
        void write(RdbOutput out);
    }

    /** Makes who hears of what is not a key. */
    @FunctionalInterface
    public interface Hooks {
        /** Makes one for a load that is about to begin. */
        dev.sigrun.kernel.load.LoadHooks forLoad();
    }
}
