// SPDX-License-Identifier: Apache-2.0
/** What clients hear of each other: messages, events of keys, invalidations, monitoring. */
package dev.sigrun.core.messaging;
