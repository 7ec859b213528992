// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.lib;

import dev.sigrun.lua.lib.JsonTokens.Token;
import dev.sigrun.lua.vm.Lua;
import dev.sigrun.lua.vm.Stack;
import dev.sigrun.memory.Memory;

/** {@code cjson.decode}. Owner thread only. */
final class JsonDecoder extends Checked {
    private final JsonOptions options;
    private final JsonTokens tokens;
    private long state;

    JsonDecoder(Stack stack, JsonOptions options) {
        super(stack);
        this.options = options;
        this.tokens = new JsonTokens(options);
    }

    int decode(long inState) {
        if (Lua.top(inState) != 1) {
            throw Failure.argument(1, "expected 1 argument");
        }
        state = inState;
        long address = string(state, 1);
        long length = stack.length();
        if (length >= 2 && (Memory.getByte(address) == 0 || Memory.getByte(address + 1) == 0)) {
            throw Failure.of("JSON parser does not support UTF-16 or UTF-32");
        }
        room(state, 4);
        tokens.begin(address, length);
        value(tokens.next(), 0);
        Token rest = tokens.next();
        if (rest != Token.T_END) {
            throw tokens.unexpected("the end", rest);
        }
        return 1;
    }

    private void value(Token token, int depth) {
        switch (token) {
            case T_STRING -> pushString();
            case T_NUMBER -> Lua.pushNumber(state, tokens.number());
            case T_BOOLEAN -> Lua.pushBoolean(state, tokens.bool() ? 1 : 0);
            case T_OBJ_BEGIN -> object(depth + 1);
            case T_ARR_BEGIN -> array(depth + 1);
            // A nil would remove what it is assigned to.
            case T_NULL -> Lua.pushLightUserdata(state, 0);
            default -> throw tokens.unexpected("value", token);
        }
    }

    private void pushString() {
        stack.push(state, tokens.string().content(), tokens.string().size());
    }

    private void descend(int depth) {
        if (depth > options.decodeDepth() || Lua.checkStack(state, 4) == 0) {
            throw Failure.of(
                    "Found too many nested data structures ("
                            + depth
                            + ") at character "
                            + tokens.position());
        }
    }

    private void object(int depth) {
        descend(depth);
        Lua.createTable(state, 0, 0);
        Token token = tokens.next();
        while (token != Token.T_OBJ_END) {
            if (token != Token.T_STRING) {
                throw tokens.unexpected("object key string", token);
            }
            pushString();
            token = tokens.next();
            if (token != Token.T_COLON) {
                throw tokens.unexpected("colon", token);
            }
            value(tokens.next(), depth);
            Lua.rawSet(state, -3);
            token = tokens.next();
            if (token == Token.T_COMMA) {
                token = tokens.next();
                if (token == Token.T_OBJ_END) {
                    throw tokens.unexpected("object key string", token);
                }
            } else if (token != Token.T_OBJ_END) {
                throw tokens.unexpected("comma or object end", token);
            }
        }
    }

    private void array(int depth) {
        descend(depth);
        Lua.createTable(state, 0, 0);
        Token token = tokens.next();
        if (token == Token.T_ARR_END) {
            return;
        }
        for (int i = 1; ; i++) {
            value(token, depth);
            Lua.rawSetIndex(state, -2, i);
            token = tokens.next();
            if (token == Token.T_ARR_END) {
                return;
            }
            if (token != Token.T_COMMA) {
                throw tokens.unexpected("comma or array end", token);
            }
            token = tokens.next();
        }
    }
}
