// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sort;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.core.hash.HashFields;
import dev.sigrun.core.list.ListAccess;
import dev.sigrun.core.set.SetType;
import dev.sigrun.core.sortedset.SortedSetType;
import dev.sigrun.spi.Registrar;
import java.util.Map;

/** The way into this package: declares SORT and SORT_RO. Owner thread only. */
public final class SortCommands {
    static final String DOCS = "dev/sigrun/core/sort.json";

    private SortCommands() {}

    /**
     * Declares the commands.
     *
     * @param memory where elements are collected
     * @param lists reads lists and makes the one that is stored
     * @param sets the type of sets
     * @param sortedSets the type of sorted sets
     * @param hashes looks into the hashes that patterns name
     */
    public static void register(
            Registrar registrar,
            CoreMemory memory,
            ListAccess lists,
            SetType sets,
            SortedSetType sortedSets,
            HashFields hashes) {
        Sorter sorter =
                new Sorter(
                        memory,
                        new PatternLookup(memory, hashes),
                        Map.of(
                                "list", new ListSource(lists),
                                "set", new SetSource(sets),
                                "zset", new SortedSetSource(sortedSets)));
        SortCommand.register(registrar, sorter, lists);
    }
}
