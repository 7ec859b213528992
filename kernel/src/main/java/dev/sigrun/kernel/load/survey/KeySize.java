// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.survey;

/**
 * What a key takes.
 *
 * @param name as people read it; null where it does not matter
 * @param type its type; for a plugin's, the name that stands in files
 * @param elements how many elements its value has; 1 where there are none
 * @param bytes with its value, in the file
 * @param expires whether it is over at some time
 */
record KeySize(int db, String name, String type, long elements, long bytes, boolean expires) {}
