// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.script;

import dev.sigrun.kernel.rdb.DumpPayload;
import dev.sigrun.kernel.rdb.RdbFormat;
import dev.sigrun.kernel.rdb.RdbInput;
import dev.sigrun.kernel.rdb.RdbOutput;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.type.RdbException;
import java.util.Collection;
import java.util.function.BooleanSupplier;

/** What {@code FUNCTION DUMP} answers and {@code FUNCTION RESTORE} takes. Owner thread only. */
final class LibraryPayload {
    private static final int BYTES_MAX = Integer.MAX_VALUE - (1 << 20);

    private LibraryPayload() {}

    static RdbOutput dump(Collection<Library> libraries, boolean compression) {
        RdbOutput out = RdbOutput.keeping(BYTES_MAX, compression);
        write(libraries, out);
        DumpPayload.seal(out, RdbFormat.VERSION);
        return out;
    }

    /** Writes libraries, each with its opcode. */
    static void write(Collection<Library> libraries, RdbOutput out) {
        for (Library library : libraries) {
            out.writeByte(RdbFormat.OPCODE_FUNCTION_2);
            out.writeString(library.code);
        }
    }

    /**
     * Compiles the libraries of a payload.
     *
     * @param into an empty set; on failure it may have some of them
     * @param goOn asked while their code runs
     * @throws CommandException when the payload is damaged or a library does not compile
     */
    static void load(Store store, Bytes payload, Libraries into, BooleanSupplier goOn)
            throws CommandException {
        DumpPayload dump;
        try {
            dump =
                    DumpPayload.verify(
                            payload.address(),
                            payload.length(),
                            store.hasStrictVersions(),
                            store.verifiesChecksums());
        } catch (RdbException e) {
            throw CommandException.of("DUMP payload version or checksum are wrong");
        }
        try (RdbInput in = new RdbInput()) {
            in.wrap(dump.address(), dump.length());
            while (in.remaining() > 0) {
                int type = in.readByte();
                if (type == RdbFormat.OPCODE_FUNCTION_PRE_GA) {
                    throw CommandException.of("Pre-GA function format not supported");
                }
                if (type != RdbFormat.OPCODE_FUNCTION_2) {
                    throw CommandException.of("given type is not a function");
                }
                into.load(in.readString(), false, goOn);
            }
        } catch (RdbException e) {
            throw CommandException.of("failed loading the given functions payload");
        }
    }
}
