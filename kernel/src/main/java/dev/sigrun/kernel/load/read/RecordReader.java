// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.read;

import dev.sigrun.kernel.load.read.LoadFailure.Kind;
import dev.sigrun.kernel.rdb.RdbFormat;
import dev.sigrun.kernel.rdb.RdbInput;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.type.RdbException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads an input from its first byte to its checksum and says what stands there. Confined to the
 * thread that reads.
 */
public final class RecordReader implements AutoCloseable {
    private static final int MAGIC_BYTES = 9;

    /** From this version on there is a checksum at the end. */
    public static final int CHECKSUM_VERSION_MIN = 5;

    private static final int IMPORT_NAME_BYTES = 40;
    private static final int SLOTS = 1 << 14;

    private final ReadRules rules;
    private final Window in;
    private final RdbInput decoder = new RdbInput();
    private final Records records;
    private Doing doing = Doing.START;
    private int version;
    private int type = -1;
    private boolean isForeignMagic;

    // What opcodes say of the key after them.
    private long expiry = -1;
    private long access = -1;

    private int db;
    private boolean unsummed;

    /** What is read at the moment, for whoever is told of a failure. */
    public enum Doing {
        /** The first bytes. */
        START,
        /** What comes next. */
        TYPE,
        /** When the next key is over. */
        EXPIRY,
        /** A key and its value. */
        KEY,
        /** A number. */
        LENGTH,
        /** An auxiliary field. */
        FIELD,
        /** Data of a plugin that belongs to no key. */
        PLUGIN_DATA,
        /** A library of functions. */
        LIBRARY,
        /** The checksum. */
        CHECKSUM
    }

    /**
     * Makes one that has not read anything.
     *
     * @param in the input, which it owns from now on
     * @param records takes what is read; not closed here
     */
    public RecordReader(ReadRules rules, Window in, Records records) {
        this.rules = rules;
        this.in = in;
        this.records = records;
    }

    /** What is, or was at the end, being read. */
    public Doing doing() {
        return doing;
    }

    /** The opcode or layout that was read last; -1 before the first. */
    public int type() {
        return type;
    }

    /** The version of the format; 0 before it is known. */
    public int version() {
        return version;
    }

    /** Reads everything; says how it ended. */
    public ReadEnd run() {
        LoadFailure failure = null;
        try {
            readHead();
            while (readNext()) {
                in.trim();
            }
            readChecksum();
            in.giveBackRest();
        } catch (LoadException e) {
            failure = failure(e.kind(), e.getMessage());
        } catch (RdbException e) {
            failure = failure(Kind.CORRUPT, e.getMessage());
        } catch (OutOfMemoryError e) {
            failure = failure(Kind.MEMORY, "Short read or OOM loading DB.");
        }
        return new ReadEnd(failure, in.offset(), unsummed);
    }

    private LoadFailure failure(Kind kind, String reason) {
        return new LoadFailure(kind, reason, in.offset(), records.keyText());
    }

    private void readHead() throws LoadException {
        in.require(MAGIC_BYTES);
        byte[] head = new byte[MAGIC_BYTES];
        Memory.copy(in.address(), head, 0, MAGIC_BYTES);
        in.skip(MAGIC_BYTES);
        String text = new String(head, StandardCharsets.ISO_8859_1);
        boolean valkey = text.startsWith("VALKEY");
        isForeignMagic = text.startsWith("REDIS0");
        if (!valkey && !isForeignMagic) {
            throw new LoadException(
                    Kind.SIGNATURE, "Wrong signature trying to load DB from file: " + text);
        }
        version = number(text.substring(6));
        boolean fits =
                valkey
                        ? version > RdbFormat.FOREIGN_VERSION_MAX
                        : version <= RdbFormat.FOREIGN_VERSION_MAX;
        if (!fits || !RdbFormat.isReadable(version, rules.strictVersion())) {
            throw new LoadException(Kind.VERSION, "Can't handle RDB format version " + version);
        }
        records.version(version);
    }

    /** The digits at the beginning of a text, as C reads them. */
    private static int number(String text) {
        int value = 0;
        for (int i = 0; i < text.length() && Character.isDigit(text.charAt(i)); i++) {
            value = value * 10 + text.charAt(i) - '0';
        }
        return value;
    }

    /** Reads an opcode or a key; says whether there may be more. */
    private boolean readNext() throws LoadException, RdbException {
        doing = Doing.TYPE;
        records.recordBegins();
        type = in.readByte();
        if (isForeignMagic
                && type >= RdbFormat.FOREIGN_TYPE_MIN
                && type <= RdbFormat.FOREIGN_TYPE_MAX) {
            throw new LoadException(
                    Kind.VERSION,
                    "Can't handle foreign type or opcode "
                            + type
                            + " in RDB with version "
                            + version);
        }
        if (type < RdbFormat.OPCODE_SLOT_IMPORT) {
            doing = Doing.KEY;
            records.key(type, db, expiry, access);
            expiry = -1;
            access = -1;
            return true;
        }
        records.forgetKey();
        doing = doing(type);
        switch (type) {
            case RdbFormat.OPCODE_EXPIRE_TIME_SECONDS -> expiry = in.readInt() * 1000L;
            case RdbFormat.OPCODE_EXPIRE_TIME_MILLIS -> expiry = in.readLong();
            case RdbFormat.OPCODE_FREQ -> access = -2L - in.readByte();
            case RdbFormat.OPCODE_IDLE -> access = in.readLength() & Long.MAX_VALUE;
            case RdbFormat.OPCODE_SELECT_DB -> selectDatabase(in.readLength());
            case RdbFormat.OPCODE_RESIZE_DB -> skipLengths(2);
            case RdbFormat.OPCODE_SLOT_INFO -> skipLengths(3);
            case RdbFormat.OPCODE_SLOT_IMPORT -> readSlotImport();
            case RdbFormat.OPCODE_AUX -> readField();
            case RdbFormat.OPCODE_MODULE_AUX -> readPluginData();
            case RdbFormat.OPCODE_FUNCTION_PRE_GA ->
                    throw LoadException.corrupt("Pre-release function format not supported.");
            case RdbFormat.OPCODE_FUNCTION_2 -> readLibrary();
            case RdbFormat.OPCODE_EOF -> {
                return false;
            }
            default -> throw new IllegalStateException("opcode " + type);
        }
        return true;
    }

    private static Doing doing(int opcode) {
        return switch (opcode) {
            case RdbFormat.OPCODE_EXPIRE_TIME_SECONDS, RdbFormat.OPCODE_EXPIRE_TIME_MILLIS ->
                    Doing.EXPIRY;
            case RdbFormat.OPCODE_SELECT_DB, RdbFormat.OPCODE_RESIZE_DB -> Doing.LENGTH;
            case RdbFormat.OPCODE_AUX -> Doing.FIELD;
            case RdbFormat.OPCODE_MODULE_AUX -> Doing.PLUGIN_DATA;
            case RdbFormat.OPCODE_FUNCTION_2 -> Doing.LIBRARY;
            default -> Doing.TYPE;
        };
    }

    private void selectDatabase(long number) throws LoadException {
        if (number < 0 || number >= rules.databases()) {
            throw new LoadException(
                    Kind.CORRUPT,
                    "FATAL: Data file was created with a server configured to handle more than "
                            + rules.databases()
                            + " databases. Exiting");
        }
        db = (int) number;
        records.database(db);
    }

    private void skipLengths(int count) throws LoadException {
        for (int i = 0; i < count; i++) {
            in.readLength();
        }
    }

    private byte[] readBytes() throws LoadException, RdbException {
        in.keep();
        in.skipString();
        byte[] bytes = decoder.wrap(in.keptAddress(), in.keptLength()).readString().copy();
        in.release();
        return bytes;
    }

    private void readField() throws LoadException, RdbException {
        byte[] name = readBytes();
        byte[] value = readBytes();
        String text = new String(name, StandardCharsets.ISO_8859_1);
        if (text.toLowerCase(Locale.ROOT).equals("slot-info")
                && !new String(value, StandardCharsets.ISO_8859_1)
                        .matches("(?s)\\s*[-+]?\\w+,\\s*[-+]?\\d+,\\s*[-+]?\\d+.*")) {
            throw new LoadException(
                    Kind.INPUT, "Short read or OOM loading DB. Unrecoverable error, aborting now.");
        }
        records.field(name, value);
    }

    private void readLibrary() throws LoadException, RdbException {
        records.library(readBytes());
    }

    private void readPluginData() throws LoadException {
        in.keep();
        Layouts.skipModule(in);
        long length = in.keptLength();
        records.pluginData(in.keptAddress(), length);
        in.release();
    }

    private void readSlotImport() throws LoadException, RdbException {
        byte[] job = readBytes();
        if (job.length != IMPORT_NAME_BYTES) {
            throw LoadException.corrupt("Invalid slot import job name length in RDB");
        }
        long ranges = in.readLength();
        if (ranges < 0 || ranges > SLOTS) {
            throw LoadException.corrupt("Invalid number of slot import ranges in RDB");
        }
        java.nio.ByteBuffer packed = java.nio.ByteBuffer.allocate((int) ranges * 8);
        for (long i = 0; i < ranges; i++) {
            long first = in.readLength();
            long last = in.readLength();
            if (first < 0 || first >= SLOTS || last < first || last >= SLOTS) {
                throw LoadException.corrupt(
                        "Invalid slot import range in RDB: start="
                                + Long.toUnsignedString(first)
                                + " end="
                                + Long.toUnsignedString(last));
            }
            packed.putInt((int) first).putInt((int) last);
        }
        records.slotImport(job, packed.array());
    }

    private void readChecksum() throws LoadException {
        records.forgetKey();
        doing = Doing.CHECKSUM;
        if (version < CHECKSUM_VERSION_MIN) {
            return;
        }
        long computed = in.checksum();
        long written = in.readLong();
        if (!rules.verifiesChecksum()) {
            return;
        }
        unsummed = written == 0;
        if (!unsummed && written != computed) {
            throw new LoadException(
                    Kind.CHECKSUM,
                    "Wrong RDB checksum expected: ("
                            + Long.toHexString(computed)
                            + ") but got ("
                            + Long.toHexString(written)
                            + "). Aborting now.");
        }
    }

    @Override
    public void close() {
        decoder.close();
        in.close();
    }
}
