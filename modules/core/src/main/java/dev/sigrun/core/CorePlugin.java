// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core;

import dev.sigrun.core.bitmap.BitmapCommands;
import dev.sigrun.core.generic.GenericCommands;
import dev.sigrun.core.geo.GeoCommands;
import dev.sigrun.core.hash.HashCommands;
import dev.sigrun.core.hash.HashFields;
import dev.sigrun.core.hyperloglog.HyperLogLogCommands;
import dev.sigrun.core.list.ListAccess;
import dev.sigrun.core.list.ListCommands;
import dev.sigrun.core.set.SetCommands;
import dev.sigrun.core.set.SetType;
import dev.sigrun.core.sort.SortCommands;
import dev.sigrun.core.sortedset.SortedSetCommands;
import dev.sigrun.core.sortedset.SortedSetType;
import dev.sigrun.core.stream.StreamCommands;
import dev.sigrun.core.string.StringCommands;
import dev.sigrun.spi.Plugin;
import dev.sigrun.spi.PluginContext;
import dev.sigrun.spi.Registrar;
import java.security.SecureRandom;

/**
 * Brings Valkey's own commands and types. The packages are given one account with the kernel's
 * memory, which is opened at the start, and one secret key for their hashes. Owner thread only.
 */
public final class CorePlugin implements Plugin {
    private final CoreMemory memory;
    private final LazyFree lazyFree = new LazyFree();

    /** Makes the plugin; the kernel calls this. */
    public CorePlugin() {
        SecureRandom secret = new SecureRandom();
        memory = new CoreMemory(secret.nextLong(), secret.nextLong());
    }

    @Override
    public void register(Registrar registrar) {
        lazyFree.register(registrar);
        StringCommands.register(registrar, lazyFree);
        GenericCommands.register(registrar, lazyFree);
        BitmapCommands.register(registrar, memory);
        HashFields hashes = HashCommands.register(registrar, memory);
        HyperLogLogCommands.register(registrar, memory);
        ListAccess lists = ListCommands.register(registrar, memory);
        SetType sets = SetCommands.register(registrar, memory, lazyFree);
        SortedSetType sortedSets = SortedSetCommands.register(registrar, memory, sets);
        GeoCommands.register(registrar, memory, sortedSets);
        SortCommands.register(registrar, memory, lists, sets, sortedSets, hashes);
        StreamCommands.register(registrar, memory);
    }

    @Override
    public void start(PluginContext context) {
        memory.open(context.memory());
    }
}
