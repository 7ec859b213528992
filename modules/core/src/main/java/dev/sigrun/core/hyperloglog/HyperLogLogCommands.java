// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hyperloglog;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.admin.ConfigParam;
import dev.sigrun.spi.command.CommandSpec;

/** The way into this package: declares every HyperLogLog command. Owner thread only. */
public final class HyperLogLogCommands {
    private static final String DOCS = "dev/sigrun/core/hyperloglog.json";
    private static final long SPARSE_BYTES_DEFAULT = 3000;

    private HyperLogLogCommands() {}

    /**
     * Declares the commands.
     *
     * @param memory where a HyperLogLog is changed before its key holds it
     */
    public static void register(Registrar registrar, CoreMemory memory) {
        ConfigParam<Long> sparseBytesMax =
                ConfigParam.ofServer("hll-sparse-max-bytes", SPARSE_BYTES_DEFAULT);
        registrar.config(sparseBytesMax);
        Draft draft = new Draft(memory);
        PfaddCommand.register(registrar, draft, sparseBytesMax);
        PfcountCommand.register(registrar);
        PfmergeCommand.register(registrar, draft, sparseBytesMax);
        PfdebugCommand.register(registrar, draft);
        PfselftestCommand.register(registrar, memory);
    }

    /** Begins the description of a HyperLogLog command. */
    static CommandSpec.Builder command(String name, int arity) {
        return CommandSpec.command(name, arity).categories("hyperloglog").docs(DOCS);
    }
}
