// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.lib;

/** Why a function cannot do what a script wants; becomes an error of Lua. Has no stack trace. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Number of the argument that is wrong; -1 when it is not about one. */
    private final int argument;

    private Failure(int argument, String message) {
        super(message, null, false, false);
        this.argument = argument;
    }

    static Failure of(String message) {
        return new Failure(-1, message);
    }

    static Failure argument(int number, String problem) {
        return new Failure(number, problem);
    }

    int argument() {
        return argument;
    }
}
