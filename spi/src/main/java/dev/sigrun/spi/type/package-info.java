// SPDX-License-Identifier: Apache-2.0
/**
 * Data types of plugins: how a value is saved, loaded, copied, freed, measured, digested, rewritten
 * and frozen for a snapshot. None of these is optional.
 *
 * <p>Thread rule: owner only, except where a method names another thread. Invariants: a decoder
 * treats its input as hostile and allocates no more than the input pays for.
 */
package dev.sigrun.spi.type;
