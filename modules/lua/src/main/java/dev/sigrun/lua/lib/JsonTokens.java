// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.lib;

import dev.sigrun.memory.Memory;

/** Splits JSON into tokens. Owner thread only. */
final class JsonTokens {
    enum Token {
        T_OBJ_BEGIN,
        T_OBJ_END,
        T_ARR_BEGIN,
        T_ARR_END,
        T_STRING,
        T_NUMBER,
        T_BOOLEAN,
        T_NULL,
        T_COLON,
        T_COMMA,
        T_END,
        T_ERROR
    }

    private final JsonOptions options;
    private final ByteSink string = new ByteSink();
    private final JsonNumber numbers = new JsonNumber();
    private long data;
    private long length;
    private long at;
    private long tokenAt;
    private String error;
    private double number;
    private boolean bool;

    JsonTokens(JsonOptions options) {
        this.options = options;
    }

    void begin(long address, long size) {
        data = address;
        length = size;
        at = 0;
    }

    /** The content of the string token that was last. */
    ByteSink string() {
        return string;
    }

    double number() {
        return number;
    }

    boolean bool() {
        return bool;
    }

    /** Where the next token is looked for, from 0 on. */
    long position() {
        return at;
    }

    /** The error that another token was expected. */
    Failure unexpected(String wanted, Token found) {
        return Failure.of(
                "Expected "
                        + wanted
                        + " but found "
                        + (found == Token.T_ERROR ? error : found.name())
                        + " at character "
                        + (tokenAt + 1));
    }

    /** The byte at a position; 0 at the end, as after a text of C. */
    private int peek(long position) {
        return position < length ? Memory.getByte(data + position) & 0xFF : 0;
    }

    private Token fail(String problem) {
        tokenAt = at;
        error = problem;
        return Token.T_ERROR;
    }

    private Token single(Token token) {
        at++;
        return token;
    }

    Token next() {
        int c = peek(at);
        while (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            c = peek(++at);
        }
        tokenAt = at;
        return switch (c) {
            case '{' -> single(Token.T_OBJ_BEGIN);
            case '}' -> single(Token.T_OBJ_END);
            case '[' -> single(Token.T_ARR_BEGIN);
            case ']' -> single(Token.T_ARR_END);
            case ',' -> single(Token.T_COMMA);
            case ':' -> single(Token.T_COLON);
            case 0 -> Token.T_END;
            case '"' -> stringToken();
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
                    !options.readsInvalid() && isInvalidNumber()
                            ? fail("invalid number")
                            : numberToken();
            case 'f', 'i', 'I', 'n', 'N', 't', '+' -> word();
            default -> fail("invalid token");
        };
    }

    private boolean startsWith(long position, String word, boolean anyCase) {
        for (int i = 0; i < word.length(); i++) {
            int c = peek(position + i);
            if ((anyCase ? c | 0x20 : c) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private Token word() {
        if (startsWith(at, "true", false)) {
            at += 4;
            bool = true;
            return Token.T_BOOLEAN;
        }
        if (startsWith(at, "false", false)) {
            at += 5;
            bool = false;
            return Token.T_BOOLEAN;
        }
        if (startsWith(at, "null", false)) {
            at += 4;
            return Token.T_NULL;
        }
        return options.readsInvalid() && isInvalidNumber() ? numberToken() : fail("invalid token");
    }

    /** Whether what looks like a number is one that C reads and JSON does not have. */
    private boolean isInvalidNumber() {
        long from = at;
        int c = peek(from);
        if (c == '+') {
            return true;
        }
        if (c == '-') {
            c = peek(++from);
        }
        if (c == '0') {
            int second = peek(from + 1);
            return (second | 0x20) == 'x' || second >= '0' && second <= '9';
        }
        return c > '9' && (startsWith(from, "inf", true) || startsWith(from, "nan", true));
    }

    private Token numberToken() {
        long used = numbers.parse(data + at, length - at);
        if (used == 0) {
            return fail("invalid number");
        }
        number = numbers.value();
        at += used;
        return Token.T_NUMBER;
    }

    // ---- strings ----

    private Token stringToken() {
        at++;
        string.clear();
        while (true) {
            long plain = at;
            int c = peek(at);
            while (c != '"' && c != '\\' && c != 0) {
                c = peek(++at);
            }
            string.memory(data + plain, at - plain);
            if (c == 0) {
                return fail("unexpected end of string");
            }
            if (c == '"') {
                at++;
                return Token.T_STRING;
            }
            int escaped = peek(at + 1);
            if (escaped == 'u') {
                if (!unicode()) {
                    return fail("invalid unicode escape code");
                }
            } else {
                int meant = meant(escaped);
                if (meant == 0) {
                    return fail("invalid escape code");
                }
                string.put(meant);
                at += 2;
            }
        }
    }

    private static int meant(int escaped) {
        return switch (escaped) {
            case '"', '\\', '/' -> escaped;
            case 'b' -> '\b';
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'f' -> '\f';
            case 'r' -> '\r';
            default -> 0;
        };
    }

    private int hex(long position) {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit((char) peek(position + i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private boolean unicode() {
        int code = hex(at + 2);
        int used = 6;
        if (code < 0) {
            return false;
        }
        if (code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE) {
            int low = hex(at + 8);
            boolean paired =
                    code <= Character.MAX_HIGH_SURROGATE
                            && peek(at + 6) == '\\'
                            && peek(at + 7) == 'u'
                            && low >= Character.MIN_LOW_SURROGATE
                            && low <= Character.MAX_LOW_SURROGATE;
            if (!paired) {
                return false;
            }
            code = Character.toCodePoint((char) code, (char) low);
            used = 12;
        }
        putUtf8(code);
        at += used;
        return true;
    }

    private void putUtf8(int code) {
        if (code <= 0x7F) {
            string.put(code);
        } else if (code <= 0x7FF) {
            string.put(code >> 6 | 0xC0);
            string.put(code & 0x3F | 0x80);
        } else if (code <= 0xFFFF) {
            string.put(code >> 12 | 0xE0);
            string.put(code >> 6 & 0x3F | 0x80);
            string.put(code & 0x3F | 0x80);
        } else {
            string.put(code >> 18 | 0xF0);
            string.put(code >> 12 & 0x3F | 0x80);
            string.put(code >> 6 & 0x3F | 0x80);
            string.put(code & 0x3F | 0x80);
        }
    }
}
