// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.survey;

import dev.sigrun.kernel.load.read.KeyText;
import dev.sigrun.kernel.load.read.LayoutNames;
import dev.sigrun.kernel.load.read.LoadException;
import dev.sigrun.kernel.load.read.Records;
import dev.sigrun.kernel.load.read.Window;
import dev.sigrun.kernel.rdb.ModuleId;
import dev.sigrun.kernel.rdb.RdbFormat;
import dev.sigrun.kernel.rdb.RdbInput;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.RdbException;

/** Measures keys while it passes over them. One thread. */
final class SurveyRecords implements Records, AutoCloseable {
    private static final int MODULE_ID_BYTES_MAX = 9;
    private static final int EXPIRY_BYTES = 1 + Long.BYTES;

    private final Window in;
    private final Survey survey;
    private final Elements elements;
    private final RdbInput decoder = new RdbInput();
    private long begin;
    private String key;

    SurveyRecords(Window in, Survey survey) {
        this.in = in;
        this.survey = survey;
        this.elements = new Elements(in);
    }

    @Override
    public void version(int version) {}

    @Override
    public void recordBegins() {
        begin = in.offset();
    }

    @Override
    public void key(int layout, int db, long expiryMillis, long access)
            throws LoadException, RdbException {
        forgetKey();
        in.keep();
        in.skipString();
        Bytes name = decoder.wrap(in.keptAddress(), in.keptLength()).readString();
        key = KeyText.of(name.address(), name.length());
        in.release();
        if (!RdbFormat.isObjectType(layout)) {
            throw LoadException.corrupt("Unknown type " + layout);
        }
        String type = layout == RdbFormat.TYPE_MODULE_2 ? plugin() : LayoutNames.type(layout);
        long count = elements.pass(layout);
        long bytes = in.offset() - begin + (expiryMillis == -1 ? 0 : EXPIRY_BYTES);
        boolean expires = expiryMillis != -1;
        survey.add(
                new KeySize(db, survey.isLarge(bytes) ? key : null, type, count, bytes, expires));
        in.trim();
    }

    /** The name of the type that a value of a plugin begins with, which stays unread. */
    private String plugin() throws LoadException, RdbException {
        in.require(1);
        int first = in.peekByte();
        in.require(first == 0x81 ? MODULE_ID_BYTES_MAX : 1);
        long id =
                first == 0x81 ? decoder.wrap(in.address(), MODULE_ID_BYTES_MAX).peekModuleId() : 0;
        return ModuleId.name(id);
    }

    @Override
    public void field(byte[] name, byte[] value) {
        survey.field(KeyText.of(name), KeyText.of(value));
    }

    @Override
    public void library(byte[] code) {
        survey.library();
    }

    @Override
    public void pluginData(long address, long length) {}

    @Override
    public void slotImport(byte[] job, byte[] ranges) {}

    @Override
    public void forgetKey() {
        key = null;
    }

    @Override
    public String keyText() {
        return key;
    }

    @Override
    public void close() {
        elements.close();
        decoder.close();
    }
}
