// SPDX-License-Identifier: Apache-2.0
/**
 * The encoding of values in RDB files and in the payloads of DUMP and RESTORE: lengths, strings,
 * compression, checksums, and the framing of values that belong to plugins.
 *
 * <p>Thread rule: constants and static functions serve any thread; an output or an input is
 * confined to the thread that uses it. Invariants: input is hostile, so a reader checks each bound
 * before it reads, throws nothing but {@link dev.sigrun.spi.type.RdbException} whatever the bytes
 * say, and takes no memory that the input does not pay for; a writer picks the shortest encoding
 * that Valkey would pick. Allowed dependencies: {@code spi}, {@code memory}.
 */
package dev.sigrun.kernel.rdb;
