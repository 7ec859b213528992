// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hyperloglog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same elements give the same bytes and the same estimates as on the reference server. */
final class EstimatesTest {
    private static final String RECORDED = "/dev/sigrun/core/hyperloglog-estimates.txt";

    /** While the encoding is sparse, elements come as few at a time as they did there. */
    private static final int SPARSE_ELEMENTS_MAX = 2000;

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig();

    private static List<String> recorded() throws IOException {
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                EstimatesTest.class.getResourceAsStream(RECORDED),
                                StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).toList();
        }
    }

    private static int add(RespClient client, int from, int to) {
        int next = from;
        while (next < to) {
            int batch = next < SPARSE_ELEMENTS_MAX ? 10 : 500;
            String[] command = new String[2 + batch];
            command[0] = "PFADD";
            command[1] = "k";
            for (int i = 0; i < batch; i++) {
                command[2 + i] = "e:" + (next + i);
            }
            client.ask(command);
            next += batch;
        }
        return next;
    }

    @Test
    void bytesAndEstimatesAreThoseOfTheReference() throws IOException, NoSuchAlgorithmException {
        RespClient client = SERVER.connect();
        MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
        int added = 0;
        for (String line : recorded()) {
            added = add(client, added, Integer.parseInt(line.substring(0, line.indexOf(' '))));
            byte[] content = client.ask("GET", "k").bulk().getBytes(StandardCharsets.ISO_8859_1);
            String digest = HexFormat.of().formatHex(sha1.digest(content));
            String estimate = client.ask("PFCOUNT", "k").text();
            assertEquals(line, added + " " + content.length + " " + digest + " " + estimate);
        }
        assertEquals(200_000, added);
    }

    @Test
    void aUnionIsEstimatedAsItsMergerIs() {
        RespClient client = SERVER.connect();
        for (int i = 0; i < 3000; i++) {
            client.ask("PFADD", "u" + i % 5, "f:" + i, "f:" + i * 7);
            if (i % 500 == 0) {
                client.ask("PFMERGE", "all", "u0", "u1", "u2", "u3", "u4");
                assertEquals(
                        client.ask("PFCOUNT", "all").integer(),
                        client.ask("PFCOUNT", "u0", "u1", "u2", "u3", "u4").integer());
            }
        }
    }
}
