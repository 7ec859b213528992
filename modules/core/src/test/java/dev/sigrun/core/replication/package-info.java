// SPDX-License-Identifier: Apache-2.0
/** Primaries and replicas: servers that follow each other, and peers that do not keep the rules. */
package dev.sigrun.core.replication;
