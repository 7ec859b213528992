// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.filter;

/**
 * Any thread. What a new filter is asked to be.
 *
 * @param errorRate share of wrong hits that the first layer may give, between 0 and 1
 * @param tightening what the rate of each further layer is multiplied by, between 0 and 1
 * @param capacity items in the first layer
 * @param expansion what the capacity of each further layer is multiplied by; 0 for no growth
 * @param seed seed of the hashers
 */
public record Shape(
        double errorRate, double tightening, long capacity, long expansion, SipKey seed) {}
