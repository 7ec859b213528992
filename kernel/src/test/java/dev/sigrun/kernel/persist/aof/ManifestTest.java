// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class ManifestTest {
    @Test
    void isWrittenAsItWasRead() throws ManifestError {
        String text =
                """
                file appendonly.aof.2.base.rdb seq 2 type b
                file appendonly.aof.1.incr.aof seq 1 type h
                file appendonly.aof.4.incr.aof seq 4 type i
                file appendonly.aof.5.incr.aof seq 5 type i
                """;
        Manifest manifest = Manifest.parse(text);
        assertEquals(text, manifest.text());
        assertEquals(2, manifest.baseSequence());
        assertEquals(5, manifest.incrSequence());
    }

    @Test
    void commentsAndUnknownWordsAreSkippedAndNamesMayBeQuoted() throws ManifestError {
        Manifest manifest = Manifest.parse("#x\nFILE \"a b\\x01\" new 7 seq 3 type i\n");
        assertEquals("a b\u0001", manifest.last().name());
        assertEquals("file \"a b\\x01\" seq 3 type i\n", manifest.text());
    }

    @Test
    void aRewriteMakesAllBeforeItHistory() {
        Manifest manifest =
                Manifest.EMPTY.withBase("f", true).withIncr("f").withIncr("f").withIncr("f");
        Manifest after = manifest.withBase("f", false).rewritten(1);
        assertEquals(
                """
                file f.2.base.aof seq 2 type b
                file f.1.incr.aof seq 1 type h
                file f.2.incr.aof seq 2 type h
                file f.1.base.rdb seq 1 type h
                file f.3.incr.aof seq 3 type i
                """,
                after.text());
        assertEquals(0, manifest.rewritten(0).incrs().size());
    }

    @Test
    void whatMakesNoSenseIsRefusedInValkeysWords() {
        refused("Found an empty AOF manifest", "");
        refused("The AOF manifest file contains too long line", "file a seq 1 type b");
        refused("The AOF manifest file contains too long line", "x".repeat(1024) + "\n");
        refused("Invalid AOF manifest file format", "\n");
        refused("Invalid AOF manifest file format", "file a seq 1 type\n");
        refused("Invalid AOF manifest file format", "file a seq 0 type b\n");
        refused("Invalid AOF manifest file format", "file a seq x type b\n");
        refused("File can't be a path, just a filename", "file ../a seq 1 type b\n");
        refused("Unknown AOF file type", "file a seq 1 type x\n");
        refused(
                "Found duplicate base file information",
                "file a seq 1 type b\nfile b seq 2 type b\n");
        refused(
                "Found a non-monotonic sequence number",
                "file a seq 2 type i\nfile b seq 2 type i\n");
    }

    private static void refused(String message, String text) {
        ManifestError error = assertThrows(ManifestError.class, () -> Manifest.parse(text), text);
        assertEquals(message, error.getMessage());
    }
}
