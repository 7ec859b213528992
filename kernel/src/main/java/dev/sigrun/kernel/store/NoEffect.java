// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.CommandEmitter;

/** Takes effects where nobody replicates. Any thread. */
final class NoEffect implements CommandEmitter {
    static final NoEffect INSTANCE = new NoEffect();

    private NoEffect() {}

    @Override
    public CommandEmitter command(String name, int arguments) {
        return this;
    }

    @Override
    public CommandEmitter arg(Bytes content) {
        return this;
    }

    @Override
    public CommandEmitter arg(byte[] content) {
        return this;
    }

    @Override
    public CommandEmitter arg(String text) {
        return this;
    }

    @Override
    public CommandEmitter arg(long value) {
        return this;
    }

    @Override
    public CommandEmitter key() {
        return this;
    }
}
