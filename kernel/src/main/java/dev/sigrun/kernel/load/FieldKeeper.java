// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load;

import dev.sigrun.kernel.base.Slice;
import dev.sigrun.kernel.load.read.LoadException;
import dev.sigrun.kernel.load.read.LoadFailure.Kind;
import dev.sigrun.kernel.rdb.ModuleId;
import dev.sigrun.kernel.rdb.RdbInput;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.type.RdbException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Understands what is not a key. Owner thread only. */
final class FieldKeeper {
    private static final int REPLICATION_ID_LENGTH = 40;

    private final LoadPlan plan;
    private final Store store;
    private final Slice lent = new Slice();

    // What the fields have said so far; see LoadFacts.
    private String replicationId = LoadFacts.NONE.replicationId();
    private long replicationOffset = LoadFacts.NONE.replicationOffset();
    private int streamDatabase = LoadFacts.NONE.streamDatabase();
    private boolean isAofBase = LoadFacts.NONE.isAofBase();
    private long createdSeconds = LoadFacts.NONE.createdSeconds();
    private long usedMemory = LoadFacts.NONE.usedMemory();

    FieldKeeper(LoadPlan plan, Store store) {
        this.plan = plan;
        this.store = store;
    }

    LoadFacts facts() {
        return new LoadFacts(
                replicationId,
                replicationOffset,
                streamDatabase,
                isAofBase,
                createdSeconds,
                usedMemory);
    }

    void keep(Batch batch, int i, long at) throws LoadException, RdbException {
        int keyLength = batch.keyLength[i];
        switch (batch.kind[i]) {
            case Batch.FIELD -> field(text(at, keyLength), text(at + keyLength, batch.length[i]));
            case Batch.LIBRARY -> plan.hooks().library(lent.wrap(at, batch.length[i]));
            case Batch.PLUGIN_DATA -> pluginData(moduleId(at, batch.length[i]));
            case Batch.SLOTS ->
                    plan.hooks()
                            .slotImport(
                                    text(at, keyLength), ranges(at + keyLength, batch.length[i]));
            default -> throw new IllegalStateException("record of kind " + batch.kind[i]);
        }
    }

    private static String text(long address, int length) {
        byte[] bytes = new byte[length];
        Memory.copy(address, bytes, 0, length);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static int[] ranges(long address, int length) {
        int[] ranges = new int[length / Integer.BYTES];
        for (int i = 0; i < ranges.length; i++) {
            ranges[i] = Integer.reverseBytes(Memory.getInt(address + (long) i * Integer.BYTES));
        }
        return ranges;
    }

    /** The number that a plugin's value or data begins with. */
    static long moduleId(long address, int length) {
        try (RdbInput in = new RdbInput()) {
            return in.wrap(address, length).peekModuleId();
        } catch (RdbException e) {
            return 0;
        }
    }

    /**
     * Data of a plugin that belongs to no key.
     *
     * <p>Plugins here have none, so that it can only be left out.
     */
    private void pluginData(long id) throws LoadException {
        String wireName = ModuleId.name(id);
        if (plan.absentPlugins() == LoadPlan.AbsentPlugins.FAIL) {
            throw new LoadException(
                    Kind.PLUGIN,
                    store.types().reader(wireName) == null
                            ? "The RDB file contains AUX module data I can't load: no matching"
                                    + " module '"
                                    + wireName
                                    + "'"
                            : "The RDB file contains module AUX data, but the module '"
                                    + wireName
                                    + "' doesn't seem to support it.");
        }
        LoadLog.tellPluginData(wireName);
    }

    private void field(String name, String value) {
        plan.hooks().field(name, value);
        if (name.startsWith("%")) {
            LoadLog.tellInformation(name, value);
            return;
        }
        switch (name.toLowerCase(Locale.ROOT)) {
            case "repl-stream-db" -> streamDatabase = (int) number(value);
            case "repl-id" -> {
                if (value.length() == REPLICATION_ID_LENGTH) {
                    replicationId = value;
                }
            }
            case "repl-offset" -> replicationOffset = number(value);
            case "ctime" -> createdSeconds = number(value);
            case "used-mem" -> usedMemory = number(value);
            case "aof-base" -> isAofBase = number(value) != 0;
            default -> {
                // Others are for people, or for nobody here.
            }
        }
        LoadLog.tellField(name, value, store.nowMillis());
    }

    /** A number as C reads it: 0 when there is none. */
    static long number(String text) {
        String trimmed = text.strip();
        int end = !trimmed.isEmpty() && "+-".indexOf(trimmed.charAt(0)) >= 0 ? 1 : 0;
        while (end < trimmed.length() && trimmed.charAt(end) >= '0' && trimmed.charAt(end) <= '9') {
            end++;
        }
        try {
            return Long.parseLong(trimmed.substring(0, end));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
