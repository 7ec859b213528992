// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.distribution.program;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Public data as Debian packages carry it, to be stored and asked for again. Immutable. */
final class PublicData {
    private static final Path UNICODE = Path.of("/usr/share/unicode/UnicodeData.txt");
    private static final Path ZONES = Path.of("/usr/share/zoneinfo/zone1970.tab");
    private static final Path COUNTRIES = Path.of("/usr/share/iso-codes/json/iso_3166-1.json");

    private PublicData() {}

    /**
     * Every assigned character by code point, some 150 thousand: those of the package unicode-data,
     * or of the JDK's own copy of the database where that is not installed.
     */
    static List<UnicodeCharacter> characters() {
        return Files.isReadable(UNICODE) ? charactersOf(lines(UNICODE)) : charactersOfJdk();
    }

    private static List<UnicodeCharacter> charactersOf(List<String> lines) {
        List<UnicodeCharacter> characters = new ArrayList<>();
        int first = -1;
        for (String line : lines) {
            String[] fields = line.split(";", -1);
            int codePoint = Integer.parseInt(fields[0], 16);
            if (fields[1].endsWith(", First>")) {
                first = codePoint;
                continue;
            }
            // A range has two lines, and one for a single character is a range of one.
            for (int i = first < 0 ? codePoint : first; i <= codePoint; i++) {
                String name = fields[1];
                if (name.startsWith("<")) {
                    name = name.replace(", Last>", ">") + ' ' + Integer.toHexString(i);
                }
                if (!fields[2].equals("Co") && !fields[2].equals("Cs")) {
                    characters.add(new UnicodeCharacter(i, name, fields[2], fields[6]));
                }
            }
            first = -1;
        }
        return characters;
    }

    private static List<UnicodeCharacter> charactersOfJdk() {
        List<UnicodeCharacter> characters = new ArrayList<>();
        for (int i = 0; i <= Character.MAX_CODE_POINT; i++) {
            int type = Character.getType(i);
            int digit = Character.digit(i, 10);
            if (type != Character.UNASSIGNED
                    && type != Character.PRIVATE_USE
                    && type != Character.SURROGATE) {
                characters.add(
                        new UnicodeCharacter(
                                i,
                                Character.getName(i),
                                "type-" + type,
                                digit < 0 ? "" : Integer.toString(digit)));
            }
        }
        return characters;
    }

    /** The time zones of the package tzdata; without it the test that asks is skipped. */
    static List<Zone> zones() {
        assumeTrue(Files.isReadable(ZONES), () -> ZONES + " is not there: install tzdata");
        return lines(ZONES).stream().filter(line -> !line.startsWith("#")).map(Zone::of).toList();
    }

    /**
     * The countries of the package iso-codes, each as its fields; without it the test that asks is
     * skipped.
     */
    static List<Map<String, String>> countries() {
        assumeTrue(
                Files.isReadable(COUNTRIES), () -> COUNTRIES + " is not there: install iso-codes");
        List<Map<String, String>> countries = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(COUNTRIES.toFile())) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.VALUE_STRING) {
                    countries.getLast().put(json.currentName(), json.getText());
                } else if (json.currentToken() == JsonToken.START_OBJECT) {
                    countries.add(new LinkedHashMap<>());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // The outermost object holds nothing but the array of the others.
        return countries.subList(1, countries.size());
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
