// SPDX-License-Identifier: Apache-2.0
/**
 * Side-by-side runs of two servers on one machine in the same minutes, reported as ratios.
 *
 * <p>The servers take turns on one core and the load comes from another, so that what differs
 * between two figures is the server. Processor time per request stands beside throughput because
 * under pipelining the load generator is often the slower side.
 */
package dev.sigrun.benchmarks.load;
