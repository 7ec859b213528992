// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config.value;

import java.util.List;

/** Any thread. Reads and writes one kind of value; the value itself is immutable. */
public interface Form<T> {
    /** The value before anything is configured. */
    T initial();

    /**
     * Reads the words that follow the name. A form that changes only what is named starts from the
     * old value.
     *
     * @param loading whether the words stand in a file, where a repeated directive may add up
     * @throws ConfigRejected with Valkey's text for the mistake
     */
    T parse(List<String> words, T old, boolean loading);

    /** The text CONFIG GET shows. */
    String print(T value);

    /** The lines for the file; none where the directive must not be in it. */
    List<RewriteLine> lines(String name, T value);

    /** Whether CONFIG SET splits its value at spaces before it is parsed. */
    default boolean takesSeveralWords() {
        return true;
    }
}
