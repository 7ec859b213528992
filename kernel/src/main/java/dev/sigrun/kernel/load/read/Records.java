// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.read;

import dev.sigrun.spi.type.RdbException;

/** Takes what stands in an input, in its order. Confined to the thread that reads. */
public interface Records {
    /** The first bytes are those of data that can be read. */
    void version(int version) throws LoadException;

    /** The next byte of the input begins something new. */
    default void recordBegins() {}

    /**
     * A key and its value come next, which this call reads.
     *
     * @param layout how the value is laid out, or a number that says nothing
     * @param db the database
     * @param expiryMillis when it is over, in Unix time; -1 for never
     * @param access idle seconds, a frequency as {@code -2 - frequency}, or -1 for nothing
     */
    void key(int layout, int db, long expiryMillis, long access) throws LoadException, RdbException;

    /** What comes next is in a database. */
    default void database(int db) {}

    /** An auxiliary field. */
    void field(byte[] name, byte[] value) throws LoadException;

    /** The source of a library of functions. */
    void library(byte[] code) throws LoadException, RdbException;

    /** Data of a plugin that belongs to no key: its number, when, its parts. */
    void pluginData(long address, long length) throws LoadException;

    /**
     * An import of slots.
     *
     * @param ranges the first and the last slot of each range, four bytes each
     */
    void slotImport(byte[] job, byte[] ranges) throws LoadException;

    /** What comes next has no key. */
    void forgetKey();

    /** The key at hand, shortened, for people; null when there is none. */
    String keyText();
}
