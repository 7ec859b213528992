// SPDX-License-Identifier: Apache-2.0
/** Tests of what the server tells of itself: command logs, latency, {@code INFO}, metrics. */
package dev.sigrun.core.measure;
