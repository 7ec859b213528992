// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load;

import dev.sigrun.kernel.load.read.LoadFailure;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the log says of a load, in Valkey's words where others look for them. */
final class LoadLog {
    private static final Logger LOG = LoggerFactory.getLogger(LoadLog.class);
    private static final int SKIPPED_LOGGED = 10;

    private LoadLog() {}

    static void tellInformation(String name, String value) {
        LOG.info("RDB '{}': {}", name, value);
    }

    static void tellField(String name, String value, long nowMillis) {
        switch (name.toLowerCase(Locale.ROOT)) {
            case "redis-ver" -> LOG.info("Loading RDB produced by Redis version {}", value);
            case "valkey-ver" -> LOG.info("Loading RDB produced by Valkey version {}", value);
            case "ctime" -> {
                long age = Math.max(0, nowMillis / 1000 - FieldKeeper.number(value));
                LOG.info("RDB age {} seconds", age);
            }
            case "used-mem" -> {
                double mebibytes = FieldKeeper.number(value) / (1024.0 * 1024);
                LOG.info(
                        "RDB memory usage when created {} Mb",
                        String.format(Locale.ROOT, "%.2f", mebibytes));
            }
            case "aof-preamble" -> {
                if (FieldKeeper.number(value) != 0) {
                    LOG.info("RDB has an AOF tail");
                }
            }
            case "aof-base" -> {
                if (FieldKeeper.number(value) != 0) {
                    LOG.info("RDB is base AOF");
                }
            }
            default -> LOG.debug("RDB field '{}'", name);
        }
    }

    static void tellEmptyKey(String key) {
        LOG.info("rdbLoadObject skipping empty key: {}", key);
    }

    static void tellSkipped(String wireName, long before) {
        if (before < SKIPPED_LOGGED) {
            LOG.warn("A value of the absent plugin '{}' is left out", wireName);
        }
    }

    static void tellKept(String wireName) {
        LOG.warn("Values of the absent plugin '{}' are kept as they are", wireName);
    }

    static void tellPluginData(String wireName) {
        LOG.warn("Data of the plugin '{}' that belongs to no key is left out", wireName);
    }

    static void tellEnd(LoadPlan plan, LoadEnd end, boolean unsummed) {
        if (!end.isComplete()) {
            tellFailure(end.failure());
            return;
        }
        if (plan.checksum() == LoadPlan.Checksum.LEFT_OUT) {
            LOG.info(
                    "RDB file was saved with checksum disabled: skipped checksum for this"
                            + " transfer");
        } else if (unsummed) {
            LOG.info("RDB file was saved with checksum disabled: no check performed.");
        }
        String empty =
                end.emptyKeysSkipped() == 0
                        ? ""
                        : ", empty keys skipped: " + end.emptyKeysSkipped();
        LOG.info(
                "Done loading RDB, keys loaded: {}, keys expired: {}{}, all fields expired hashes:"
                        + " {}.",
                end.keys(),
                end.keysExpired(),
                empty,
                end.hashesExpired());
        if (end.keysSkipped() > 0) {
            LOG.warn("{} keys of absent plugins were left out", end.keysSkipped());
        }
    }

    private static void tellFailure(LoadFailure failure) {
        switch (failure.kind()) {
            case MISSING, CANCELLED -> LOG.debug("Not loaded: {}", failure);
            case SIGNATURE, VERSION -> LOG.warn("{}", failure.reason());
            case CHECKSUM -> {
                LOG.warn("{}", failure.reason());
                LOG.warn(
                        "Internal error in RDB reading offset {} -> RDB CRC error",
                        failure.offset());
            }
            case INPUT, MEMORY -> {
                LOG.warn("Short read or OOM loading DB. Unrecoverable error, aborting now.");
                tellPlace(failure);
            }
            default -> tellPlace(failure);
        }
    }

    private static void tellPlace(LoadFailure failure) {
        LOG.warn(
                "Internal error in RDB reading offset {}{} -> {}",
                failure.offset(),
                failure.key() == null ? "" : ", key '" + failure.key() + "'",
                failure.reason());
    }
}
