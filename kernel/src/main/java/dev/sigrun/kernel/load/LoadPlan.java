// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load;

import java.util.function.IntSupplier;

/**
 * How data is to be loaded.
 *
 * @param target where the keys go
 * @param duplicates what becomes of a key that is there already
 * @param expired what becomes of keys whose time is over
 * @param absentPlugins what becomes of values of plugins that are not there
 * @param checksum what becomes of the checksum at the end
 * @param strictVersion whether newer and foreign versions of the format are refused
 * @param keyDelayMicros what {@code key-load-delay} says: the pause after each key, for tests, or
 *     below zero after how many keys there is a pause of a microsecond; asked on the owner again
 *     and again
 * @param hooks hears of what is not a key
 */
public record LoadPlan(
        Target target,
        Duplicates duplicates,
        Expired expired,
        AbsentPlugins absentPlugins,
        Checksum checksum,
        boolean strictVersion,
        IntSupplier keyDelayMicros,
        LoadHooks hooks) {
    /** Where keys go. */
    public enum Target {
        /** Into the databases that commands see. */
        IN_PLACE,
        /** Into a second set of databases, which {@link LoadEnd#beside} holds in the end. */
        BESIDE
    }

    /** What becomes of a key that is there already. */
    public enum Duplicates {
        /** The input is refused. */
        FAIL,
        /** The key that was there goes. */
        REPLACE
    }

    /** What becomes of keys whose time is over. */
    public enum Expired {
        /** They are left out, as a primary does. */
        DROP,
        /** They are loaded, as a replica does, which has to hear from its primary that they go. */
        KEEP
    }

    /** What becomes of values of plugins that are not there. */
    public enum AbsentPlugins {
        /** The input is refused. */
        FAIL,
        /** Their bytes are kept and written back as they were. */
        KEEP,
        /** They are left out and counted. */
        SKIP
    }

    /** What becomes of the checksum at the end. */
    public enum Checksum {
        /** It is compared, unless it says that there is none. */
        VERIFY,
        /** Both sides of a transfer have agreed to do without. */
        LEFT_OUT,
        /** Nobody looks at it, as the configuration wants. */
        IGNORE
    }

    /** A plan that refuses whatever is out of the ordinary and loads in place. */
    public static LoadPlan strict(LoadHooks hooks) {
        return new LoadPlan(
                Target.IN_PLACE,
                Duplicates.FAIL,
                Expired.DROP,
                AbsentPlugins.FAIL,
                Checksum.VERIFY,
                true,
                () -> 0,
                hooks);
    }

    /** The same with another target. */
    public LoadPlan to(Target other) {
        return new LoadPlan(
                other,
                duplicates,
                expired,
                absentPlugins,
                checksum,
                strictVersion,
                keyDelayMicros,
                hooks);
    }

    /** The same with another fate of keys that are there already. */
    public LoadPlan on(Duplicates other) {
        return new LoadPlan(
                target,
                other,
                expired,
                absentPlugins,
                checksum,
                strictVersion,
                keyDelayMicros,
                hooks);
    }

    /** The same with another fate of keys whose time is over. */
    public LoadPlan on(Expired other) {
        return new LoadPlan(
                target,
                duplicates,
                other,
                absentPlugins,
                checksum,
                strictVersion,
                keyDelayMicros,
                hooks);
    }

    /** The same with another use of the checksum. */
    public LoadPlan on(Checksum other) {
        return new LoadPlan(
                target,
                duplicates,
                expired,
                absentPlugins,
                other,
                strictVersion,
                keyDelayMicros,
                hooks);
    }

    /** The same with somebody else who hears of what is not a key. */
    public LoadPlan with(LoadHooks other) {
        return new LoadPlan(
                target,
                duplicates,
                expired,
                absentPlugins,
                checksum,
                strictVersion,
                keyDelayMicros,
                other);
    }
}
