// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.lib;

import dev.sigrun.lua.vm.Primitive;
import dev.sigrun.lua.vm.Stack;

/** All libraries of this package. Owner thread only. */
public final class Libraries {
    private static final String JSON = "libraries.cjson";
    private static final String MESSAGE_PACK = "libraries.cmsgpack";

    private final Stack stack;

    /** For one engine. */
    public Libraries(Stack stack) {
        this.stack = stack;
    }

    /** Takes the functions of libraries. */
    @FunctionalInterface
    public interface Taker {
        /** Takes one function. */
        void add(String table, String name, Primitive primitive);
    }

    /** Hands over all functions. */
    public void add(Taker taker) {
        new Bits(stack).add(taker);
        new Structs(stack).add(taker);
        JsonOptions options = new JsonOptions(stack);
        options.add(taker);
        JsonEncoder encoder = new JsonEncoder(stack, options);
        JsonDecoder decoder = new JsonDecoder(stack, options);
        taker.add(JSON, "encode", encoder.checked(encoder::encode));
        taker.add(JSON, "decode", decoder.checked(decoder::decode));
        Packer packer = new Packer(stack);
        Unpacker unpacker = new Unpacker(stack);
        taker.add(MESSAGE_PACK, "pack", packer.checked(packer::pack));
        taker.add(MESSAGE_PACK, "unpack", unpacker.checked(unpacker::all));
        taker.add(MESSAGE_PACK, "unpack_one", unpacker.checked(unpacker::one));
        taker.add(MESSAGE_PACK, "unpack_limit", unpacker.checked(unpacker::limited));
    }
}
