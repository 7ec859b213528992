// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.read;

/** Ends a load. Thrown where it is read or kept; its place is added where it is caught. */
public final class LoadException extends Exception {
    private static final long serialVersionUID = 1L;

    private final LoadFailure.Kind kind;

    public LoadException(LoadFailure.Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public LoadFailure.Kind kind() {
        return kind;
    }

    public static LoadException corrupt(String message) {
        return new LoadException(LoadFailure.Kind.CORRUPT, message);
    }
}
