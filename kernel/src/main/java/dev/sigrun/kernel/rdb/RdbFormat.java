// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.rdb;

/** Any thread. The numbers of the format: versions, types of objects, opcodes between them. */
public final class RdbFormat {
    /** The version that is written unless somebody asks for an older one. */
    public static final int VERSION = 80;

    /** The last version that Redis and Valkey share, written by Redis 7.2 to Valkey 8. */
    public static final int VERSION_SHARED = 11;

    /** From here to {@link #FOREIGN_VERSION_MAX}, versions are of products that went elsewhere. */
    public static final int FOREIGN_VERSION_MIN = 12;

    /** The last of the foreign versions. */
    public static final int FOREIGN_VERSION_MAX = 79;

    /** From here to {@link #FOREIGN_TYPE_MAX}, a foreign version may mean something else. */
    public static final int FOREIGN_TYPE_MIN = 22;

    /** The last number on whose meaning foreign versions do not agree. */
    public static final int FOREIGN_TYPE_MAX = 243;

    public static final int TYPE_STRING = 0;
    public static final int TYPE_LIST = 1;
    public static final int TYPE_SET = 2;
    public static final int TYPE_ZSET = 3;
    public static final int TYPE_HASH = 4;
    public static final int TYPE_ZSET_2 = 5;
    public static final int TYPE_MODULE_PRE_GA = 6;
    public static final int TYPE_MODULE_2 = 7;
    public static final int TYPE_HASH_ZIPMAP = 9;
    public static final int TYPE_LIST_ZIPLIST = 10;
    public static final int TYPE_SET_INTSET = 11;
    public static final int TYPE_ZSET_ZIPLIST = 12;
    public static final int TYPE_HASH_ZIPLIST = 13;
    public static final int TYPE_LIST_QUICKLIST = 14;
    public static final int TYPE_STREAM_LISTPACKS = 15;
    public static final int TYPE_HASH_LISTPACK = 16;
    public static final int TYPE_ZSET_LISTPACK = 17;
    public static final int TYPE_LIST_QUICKLIST_2 = 18;
    public static final int TYPE_STREAM_LISTPACKS_2 = 19;
    public static final int TYPE_SET_LISTPACK = 20;
    public static final int TYPE_STREAM_LISTPACKS_3 = 21;
    public static final int TYPE_HASH_2 = 22;

    public static final int OPCODE_SLOT_IMPORT = 243;
    public static final int OPCODE_SLOT_INFO = 244;
    public static final int OPCODE_FUNCTION_2 = 245;
    public static final int OPCODE_FUNCTION_PRE_GA = 246;
    public static final int OPCODE_MODULE_AUX = 247;
    public static final int OPCODE_IDLE = 248;
    public static final int OPCODE_FREQ = 249;
    public static final int OPCODE_AUX = 250;
    public static final int OPCODE_RESIZE_DB = 251;
    public static final int OPCODE_EXPIRE_TIME_MILLIS = 252;
    public static final int OPCODE_EXPIRE_TIME_SECONDS = 253;
    public static final int OPCODE_SELECT_DB = 254;
    public static final int OPCODE_EOF = 255;

    static final int LENGTH_6_BITS_MAX = (1 << 6) - 1;
    static final int LENGTH_14_BITS_MAX = (1 << 14) - 1;
    static final int LENGTH_14_BITS = 0x40;
    static final int LENGTH_32_BITS = 0x80;
    static final int LENGTH_64_BITS = 0x81;

    /** First bytes of strings that are not a length and its bytes. */
    static final int STRING_INT_8 = 0xc0;

    static final int STRING_INT_16 = 0xc1;
    static final int STRING_INT_32 = 0xc2;
    static final int STRING_LZF = 0xc3;

    static final int PART_END = 0;
    static final int PART_SIGNED = 1;
    static final int PART_UNSIGNED = 2;
    static final int PART_FLOAT = 3;
    static final int PART_DOUBLE = 4;
    static final int PART_STRING = 5;

    private RdbFormat() {}

    /** Whether a number is that of a type of objects, as opposed to an opcode or nothing. */
    public static boolean isObjectType(int type) {
        return type >= TYPE_STRING && type <= TYPE_HASH_2 && type != 8;
    }

    /** Whether a number is that of a type whose values a plugin may read and write. */
    public static boolean isTypeOfPlugins(int type) {
        return isObjectType(type)
                && type != TYPE_STRING
                && type != TYPE_MODULE_PRE_GA
                && type != TYPE_MODULE_2;
    }

    /** Whether a version belongs to the range that other products use on their own. */
    public static boolean isForeignVersion(int version) {
        return version >= FOREIGN_VERSION_MIN && version <= FOREIGN_VERSION_MAX;
    }

    /**
     * Whether input of a version may be read, where no magic word says more.
     *
     * @param strict what {@code rdb-version-check} says
     */
    public static boolean isReadable(int version, boolean strict) {
        if (version < 1) {
            return false;
        }
        return !strict || (version <= VERSION && !isForeignVersion(version));
    }
}
