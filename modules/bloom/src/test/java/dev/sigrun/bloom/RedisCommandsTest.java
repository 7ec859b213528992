// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.bloom.fake.FakeEmitter;
import dev.sigrun.bloom.fake.FakeServer;
import dev.sigrun.bloom.fake.FakeValueContext;
import dev.sigrun.bloom.filter.Filters;
import dev.sigrun.bloom.filter.RedisFilter;
import dev.sigrun.bloom.filter.Totals;
import dev.sigrun.bloom.type.RedisBlob;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands on a filter that came from RedisBloom. */
final class RedisCommandsTest {
    private FakeServer server;

    @BeforeEach
    void start() throws Exception {
        server = FakeServer.with(new BloomPlugin());
        Totals elsewhere = new Totals();
        RedisFilter filter =
                Filters.redis(server.heap(), elsewhere, 0.01, 10, RedisFilter.NO_ROUND);
        Filters.fill(server.heap(), filter, "x", 10);
        String blob = new String(RedisBlob.encode(filter), StandardCharsets.ISO_8859_1);
        filter.free(server.heap());
        assertEquals("+OK", server.run("BF.LOAD", "key", blob));
    }

    private String run(String line) {
        return server.run(line.split(" "));
    }

    @Test
    void allCommandsWork() {
        assertEquals("MBbloom--", server.key("key").typeName());
        assertEquals("*3 :1 :1 :0", run("BF.MEXISTS key x0 x9 other"));
        assertEquals(":0", run("BF.ADD key x1"));
        assertEquals(":1", run("BF.ADD key other"));
        assertEquals("verbatim", server.context().replicated());
        assertEquals(":1", run("BF.EXISTS key other"));
        assertEquals(":11", run("BF.CARD key"));
        assertEquals("*2 :1 :0", run("BF.INSERT key ITEMS more other"));
        assertEquals("-ERR item exists", run("BF.RESERVE key 0.1 10"));
        assertTrue(run("BF.INFO key").startsWith("*16 +Capacity :30 +Size "));
        assertEquals(":2", run("BF.INFO key FILTERS"));
        assertEquals(":2", run("BF.INFO key EXPANSION"));
    }

    @Test
    void surviveARewrite() {
        run("BF.MADD key a b c");
        RedisFilter filter = (RedisFilter) server.key("key").held();
        FakeEmitter out = new FakeEmitter();
        FakeValueContext context = new FakeValueContext(server.heap(), false);
        Vault vault = new Vault();
        vault.redisType.rewrite(context, filter, out);
        String blob = out.commands().getFirst().get(2);
        assertEquals("+OK", server.run("BF.LOAD", "copy", blob));
        assertEquals(run("BF.INFO key"), run("BF.INFO copy"));
        assertEquals("*4 :1 :1 :1 :0", run("BF.MEXISTS copy a b x1 nothing"));
        server.delete("key");
        server.delete("copy");
        assertEquals(0, server.heap().usedBytes());
    }
}
