// SPDX-License-Identifier: Apache-2.0
/**
 * What an attacker would send to the core types through the front door: numbers at and past every
 * limit, claims of size, patterns made to be slow, payloads made to be wrong. The server answers as
 * Valkey does or refuses, keeps what it held, and serves the next command.
 *
 * <p>Thread rule: each test is a client on its own thread. Invariants: what is random follows from
 * a printed seed; no test takes much memory, since what is claimed is not taken.
 */
package dev.sigrun.core.hardening;
