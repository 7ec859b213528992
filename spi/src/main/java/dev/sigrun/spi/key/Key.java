// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.key;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.ForKernel;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.type.Cell;
import dev.sigrun.spi.type.DataType;
import dev.sigrun.spi.type.RdbException;

/**
 * One key of one database, present or not, lent until the handler returns.
 *
 * <p>Every method that changes the key counts as a modification: watchers and caches hear of it,
 * and the command is expected to say how it replicates. A method that takes bytes copies them.
 */
@ForKernel
public interface Key {
    /** The key's name. */
    Bytes name();

    /** Whether the key exists, expired keys not counting. */
    boolean isPresent();

    /** The name that {@code TYPE} answers; {@code none} when absent. */
    String typeName();

    /** Whether the key holds a string. */
    boolean isString();

    // ---- strings ----

    /**
     * The string's content; null when absent. Valid until this key changes.
     *
     * @throws CommandException {@link CommandException#WRONG_TYPE}
     */
    Bytes string() throws CommandException;

    /**
     * Length of the string in bytes; 0 when absent.
     *
     * @throws CommandException {@link CommandException#WRONG_TYPE}
     */
    int stringLength() throws CommandException;

    /**
     * The string as a signed 64-bit integer; {@code absent} when there is no key.
     *
     * @throws CommandException {@link CommandException#WRONG_TYPE} or {@link
     *     CommandException#NOT_AN_INTEGER}
     */
    long integer(long absent) throws CommandException;

    /**
     * Makes the key hold a string, whatever it held before.
     *
     * @param content copied; may be the content of this very key
     * @param keepTtl whether a time to live stays
     */
    void setString(Bytes content, boolean keepTtl);

    /** Makes the key hold a string that comes from the heap. */
    void setString(byte[] content, boolean keepTtl);

    /**
     * Makes the key hold a string from memory of the plugin.
     *
     * @param address address of the first byte
     * @param length number of bytes
     * @param keepTtl whether a time to live stays
     */
    void setString(long address, int length, boolean keepTtl);

    /** Makes the key hold the decimal digits of {@code value}, in the compact form. */
    void setInteger(long value, boolean keepTtl);

    /**
     * Makes the string at least {@code length} bytes long, creating it when absent and filling with
     * zero bytes, keeps its time to live, and lends the bytes for writing.
     *
     * @param length new length in bytes when that is longer than the present one
     * @return the whole string; may be written to through {@link Bytes#segment()} until the key is
     *     touched again
     * @throws CommandException {@link CommandException#WRONG_TYPE}
     */
    Bytes growString(int length) throws CommandException;

    // ---- values of plugins ----

    /**
     * The value of a plugin's type; null when absent. A {@link Cell} is lent until the key changes
     * by other means.
     *
     * @throws CommandException {@link CommandException#WRONG_TYPE}
     */
    <V> V value(DataType<V> type) throws CommandException;

    /** Makes the key hold {@code value}; the previous value is freed, the time to live dropped. */
    <V> void setValue(DataType<V> type, V value);

    /**
     * Makes the key hold a new value of a type whose values are embedded; the previous value is
     * freed, the time to live dropped.
     *
     * @param length bytes of the value, at least 1; they are undefined
     * @return the value, to be filled before anything else happens to the key
     */
    Cell newValue(DataType<Cell> type, int length);

    /** Says that the value was changed in place. */
    void markModified();

    /**
     * Counts a change of what belongs to the value but is not its content, for example who has read
     * how far. It is replicated and saved like any other, but neither those who watch the key nor
     * those who wait for it hear of it.
     */
    void countChange();

    /**
     * Counts so many changes more. However often a command changes a key, that counts as one, so
     * what adds three elements to it counts two more; and one that changes two keys to make one
     * change takes one back.
     */
    void countChanges(long more);

    /**
     * Counts elements that were removed because their time is over while the command ran, or was so
     * from the beginning. What the active expiry removes is counted without this.
     */
    void countExpiredElements(long elements);

    /**
     * Says whether elements of the value have a time to live of their own, for which the active
     * expiry looks then. A new value has none.
     */
    void elementsExpire(boolean some);

    // ---- life ----

    /**
     * Removes the key.
     *
     * @param background whether a large value is freed step by step after the command
     * @return whether there was one
     */
    boolean remove(boolean background);

    /** When the key expires, in milliseconds since the Unix epoch; -1 for never or absent. */
    long expireAtMillis();

    /** Makes the key expire; it must be present. */
    void expireAt(long unixMillis);

    /**
     * Takes the time to live away.
     *
     * @return whether there was one
     */
    boolean persist();

    /** Moves value and time to live to {@code target}, which must be absent. */
    void moveTo(Key target);

    /**
     * Copies value and time to live to {@code target}, another key, whatever that held before.
     *
     * @throws CommandException when the type cannot be copied; {@code target} is as it was then
     */
    void copyTo(Key target) throws CommandException;

    // ---- serialised form ----

    /** The value in the form that {@code DUMP} answers, on the heap. */
    byte[] dump();

    /**
     * Makes the key hold what {@link #dump()} made, here or on Valkey, whatever it held before; the
     * time to live is dropped.
     *
     * @throws RdbException when the payload is damaged or its type unknown; the key is as it was
     *     then
     */
    void restore(Bytes payload) throws RdbException;

    /**
     * Decodes a payload as {@link #restore} does, and changes nothing.
     *
     * @throws RdbException as {@link #restore} would
     */
    void checkPayload(Bytes payload) throws RdbException;

    // ---- access statistics ----

    /** Refreshes the access time, as a read does. */
    void touch();

    /** Sets the time since the last access, in seconds. No effect under an LFU policy. */
    void idleSeconds(long seconds);

    /** Sets the access frequency, 0 to 255. No effect unless an LFU policy is in force. */
    void frequency(int value);

    /**
     * Raises a keyspace event about this key.
     *
     * @param notifyClass one of {@link NotifyClass}
     * @param event name of the event
     */
    void notify(int notifyClass, String event);
}
