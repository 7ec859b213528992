// SPDX-License-Identifier: Apache-2.0
/**
 * The commands by which clients hear of what others do: publish and subscribe, client tracking, and
 * MONITOR. Owner thread only.
 */
package dev.sigrun.kernel.admin.messaging;
