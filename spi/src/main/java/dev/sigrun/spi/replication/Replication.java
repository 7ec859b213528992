// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.replication;

import dev.sigrun.spi.ForKernel;
import dev.sigrun.spi.type.CommandEmitter;

/** Says how the running command replicates. */
@ForKernel
public interface Replication {
    /** As the client sent it. For commands whose effect depends on their arguments alone. */
    void verbatim();

    /** Not at all, although the command modified something that only this server cares about. */
    void nothing();

    /** As other commands, which are given to the emitter; may be called several times. */
    CommandEmitter instead();
}
