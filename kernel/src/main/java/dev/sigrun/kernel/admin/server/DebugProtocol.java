// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.server;

import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.wire.ReplyBuffer;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import java.util.Locale;

/** A sample of every type of the protocol, for tests of clients. Owner thread only. */
final class DebugProtocol {
    private static final CommandException UNKNOWN =
            CommandException.of(
                    "Wrong protocol type name. Please use one of the following:"
                            + " string|integer|double|bignum|null|array|set|map|attrib|push"
                            + "|verbatim|true|false");
    private static final CommandException RESP3_ONLY =
            CommandException.of("RESP2 is not supported by this command");

    private DebugProtocol() {}

    static void reply(CommandContext command) throws CommandException {
        ReplyBuffer reply = ((Execution) command).replyBuffer();
        switch (command.args().bytes(2).text().toLowerCase(Locale.ROOT)) {
            case "string" -> reply.bulk("Hello World");
            case "integer" -> reply.integer(12345);
            case "double" -> reply.dbl(3.141);
            case "bignum" -> reply.bigNumber("1234567999999999999999999999999999999");
            case "null" -> reply.nil();
            case "array" -> {
                reply.array(3);
                countToThree(reply);
            }
            case "set" -> {
                reply.set(3);
                countToThree(reply);
            }
            case "map" -> map(reply);
            case "attrib" -> attributes(reply);
            case "push" -> push(reply);
            case "verbatim" -> reply.verbatim("txt", "This is a verbatim\nstring");
            case "true" -> reply.bool(true);
            case "false" -> reply.bool(false);
            default -> throw UNKNOWN;
        }
    }

    private static void countToThree(ReplyBuffer reply) {
        for (int i = 0; i < 3; i++) {
            reply.integer(i);
        }
    }

    private static void map(ReplyBuffer reply) {
        reply.map(3);
        for (int i = 0; i < 3; i++) {
            reply.integer(i);
            reply.bool(i == 1);
        }
    }

    private static void attributes(ReplyBuffer reply) {
        if (reply.isResp3()) {
            reply.attribute(1);
            reply.bulk("key-popularity");
            reply.array(2);
            reply.bulk("key:123");
            reply.integer(90);
        }
        // Attributes are about a reply, so there must be one.
        reply.bulk("Some real reply following the attribute");
    }

    private static void push(ReplyBuffer reply) throws CommandException {
        if (!reply.isResp3()) {
            throw RESP3_ONLY;
        }
        // A client may drop the message and still waits for the reply, which overtakes it, since no
        // message is sent in the middle of a command.
        reply.bulk("Some real reply following the push reply");
        reply.push(2);
        reply.bulk("server-cpu-usage");
        reply.integer(42);
    }
}
