// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load;

import dev.sigrun.kernel.load.read.LoadException;
import dev.sigrun.kernel.load.read.Records;
import dev.sigrun.kernel.load.read.Window;
import dev.sigrun.kernel.rdb.RdbInput;
import dev.sigrun.spi.type.RdbException;

/** Puts what is read into batches for the owner. Confined to the thread that reads. */
final class BatchRecords implements Records, AutoCloseable {
    private static final byte[] NO_KEY = {};

    private final RdbInput decoder = new RdbInput();
    private final BatchWriter out;
    private final ValueReader values;

    BatchRecords(LoadPlan plan, LoadLimits limits, Window in, BatchWriter out) {
        this.out = out;
        this.values = new ValueReader(plan, limits, in, decoder, out);
    }

    @Override
    public void version(int version) throws LoadException {
        out.simple(Batch.BEGIN, version);
        out.ship();
    }

    @Override
    public void recordBegins() {
        out.recordBegins();
    }

    @Override
    public void key(int layout, int db, long expiryMillis, long access)
            throws LoadException, RdbException {
        values.read(layout, db, expiryMillis, access);
    }

    @Override
    public void field(byte[] name, byte[] value) throws LoadException {
        out.pair(Batch.FIELD, name, value);
    }

    @Override
    public void library(byte[] code) throws LoadException {
        out.pair(Batch.LIBRARY, NO_KEY, code);
    }

    @Override
    public void pluginData(long address, long length) throws LoadException {
        out.copied(Batch.PLUGIN_DATA, address, length);
    }

    @Override
    public void slotImport(byte[] job, byte[] ranges) throws LoadException {
        out.pair(Batch.SLOTS, job, ranges);
    }

    @Override
    public void forgetKey() {
        values.forgetKey();
    }

    @Override
    public String keyText() {
        return values.keyText();
    }

    @Override
    public void close() {
        values.close();
        decoder.close();
    }
}
