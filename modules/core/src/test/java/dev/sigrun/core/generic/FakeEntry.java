// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

/** A string under a key of the fake server. */
final class FakeEntry {
    String value;
    long expireAt = -1;
    long idleSeconds;
    int frequency;
    int touches;

    FakeEntry(String value) {
        this.value = value;
    }

    FakeEntry copy() {
        FakeEntry copy = new FakeEntry(value);
        copy.expireAt = expireAt;
        return copy;
    }
}
