// SPDX-License-Identifier: Apache-2.0

/**
 * A stream as data: its entries, its consumer groups, and what the groups wait for, all off the
 * heap. Knows no command.
 *
 * <p>A stream is a {@link dev.sigrun.core.stream.store.StreamRoot}, which stands in the key's cell
 * and may be moved with it. On it hang the nodes, an ordered map from the first identifier of a
 * node to a listpack of up to some hundred entries, laid out byte for byte as Valkey lays them out;
 * and the groups, ordered by name. A group has its consumers, ordered by name, and a map from
 * identifiers to blocks that say which consumer got the entry and when; each consumer has a map of
 * its own to the same blocks.
 *
 * <p>Thread rule: owner only. Invariants: the size of a node's block follows from the node's
 * content, save that of the last node, which may have room to grow; removing an entry changes bytes
 * in place and never allocates; a change that fails for lack of memory has changed nothing that can
 * be seen. Every change of a block happens in a method of the class that knows its layout. Allowed
 * dependencies: {@code memory}, the SPI and {@link dev.sigrun.core.View}.
 */
package dev.sigrun.core.stream.store;
