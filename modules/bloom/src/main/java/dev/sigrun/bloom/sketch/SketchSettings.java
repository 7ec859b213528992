// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.sketch;

import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.admin.ConfigParam;

/** Owner thread only. The parameters that operators set for the sketches other than BF's. */
public final class SketchSettings {
    /** No sketch is larger, wherever it comes from: a file cannot hold more in one string. */
    static final long BYTES_MAX = Integer.MAX_VALUE & ~7;

    private static final long MEMORY_LIMIT = 128L << 20;

    private final ConfigParam<Long> memoryLimit =
            ConfigParam.memory("bf.sketch-memory-usage-limit", MEMORY_LIMIT, 0, BYTES_MAX);

    private final ConfigParam<Long> cuckooSlots =
            ConfigParam.integer("bf.cf-bucket-size", 2, 1, 255);
    private final ConfigParam<Long> cuckooCapacity =
            ConfigParam.integer("bf.cf-initial-size", 1024, 4, 1 << 30);
    private final ConfigParam<Long> cuckooMoves =
            ConfigParam.integer("bf.cf-max-iterations", 20, 1, 65_535);
    private final ConfigParam<Long> cuckooExpansion =
            ConfigParam.integer("bf.cf-expansion-factor", 1, 0, 32_768);
    private final ConfigParam<Long> cuckooLayers =
            ConfigParam.integer("bf.cf-max-expansions", 32, 1, 65_535);

    /** The defaults. */
    public SketchSettings() {}

    /** Declares the parameters. */
    public void register(Registrar registrar) {
        registrar.config(memoryLimit);
        registrar.config(cuckooSlots);
        registrar.config(cuckooCapacity);
        registrar.config(cuckooMoves);
        registrar.config(cuckooExpansion);
        registrar.config(cuckooLayers);
    }

    /** Bytes that a sketch of a client may have. */
    public long bytesMax() {
        return memoryLimit.value();
    }

    /** Slots of a cuckoo filter's bucket. */
    public int cuckooSlots() {
        return cuckooSlots.value().intValue();
    }

    /** Items that a new cuckoo filter is made for. */
    public long cuckooCapacity() {
        return cuckooCapacity.value();
    }

    /** How many items an addition to a cuckoo filter moves at most. */
    public int cuckooMoves() {
        return cuckooMoves.value().intValue();
    }

    /** How many times larger each layer of a cuckoo filter is. */
    public int cuckooExpansion() {
        return cuckooExpansion.value().intValue();
    }

    /** How many layers a cuckoo filter may have. */
    public int cuckooLayers() {
        return cuckooLayers.value().intValue();
    }
}
