// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.introspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.kernel.admin.connection.TestClient;
import dev.sigrun.kernel.admin.connection.TestServer;
import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.command.KeySpec.Use;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class IntrospectCommandsTest {
    private static final String OWNER = "fruit";

    private final TestServer server = new TestServer();
    private final Registry registry = server.admin().registry();
    private final AtomicInteger reads = new AtomicInteger();
    private String docs = "{}";
    private TestClient client;

    @BeforeEach
    void begin() {
        new IntrospectCommands(server.admin()).register();
        addFruit();
        client = server.connect();
    }

    private void addFruit() {
        registry.addResources(
                OWNER,
                name -> {
                    reads.incrementAndGet();
                    return name.equals("fruit.json") ? docs.getBytes(StandardCharsets.UTF_8) : null;
                });
        registry.add(
                OWNER,
                CommandSpec.command("pick", -3)
                        .flags(CommandFlag.WRITE, CommandFlag.FAST, CommandFlag.MAY_REPLICATE)
                        .categories("string")
                        .tips("request_policy:multi_shard")
                        .key(KeySpec.at(1, Use.RW, Use.DELETE))
                        .docs("/fruit.json")
                        .build(),
                context -> context.reply().ok());
        Command basket = registry.add(OWNER, CommandSpec.command("basket", -2).build(), null);
        registry.addSubcommand(
                OWNER,
                basket,
                CommandSpec.command("peek", -3)
                        .key(KeySpec.keyword("in", 2, -1, 1, 2, Use.RO))
                        .docs("fruit.json")
                        .build(),
                context -> context.reply().ok());
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void describesACommandInTenFields() {
        assertEquals(
                "*1|*10|$4|pick|:-3|*2|+write|+fast|:1|:1|:1|*3|+@write|+@string|+@fast|"
                        + "*1|$26|request_policy:multi_shard|"
                        + "*1|*6|$5|flags|*2|+RW|+delete|"
                        + "$12|begin_search|*4|$4|type|$5|index|$4|spec|*2|$5|index|:1|"
                        + "$9|find_keys|*4|$4|type|$5|range|$4|spec|"
                        + "*6|$7|lastkey|:0|$7|keystep|:1|$5|limit|:0|*0|",
                client.send("COMMAND INFO PICK"));
    }

    @Test
    void describesSubcommandsWithinTheirContainer() {
        String reply = client.send("COMMAND INFO basket nosuch basket|nosuch basket|peek|x");
        assertTrue(reply.startsWith("*4|*10|$6|basket|:-2|*0|:0|:0|:0|*1|+@slow|*0|*0|"), reply);
        assertTrue(reply.contains("*1|*10|$11|basket|peek|:-3|*1|+movablekeys|:0|:0|:0|"), reply);
        assertTrue(reply.endsWith("$-1|$-1|$-1|"), reply);
    }

    @Test
    void listsNamesThatPassAFilter() {
        assertEquals(
                "*2|$6|basket|$11|basket|peek|", client.send("COMMAND LIST FILTERBY PATTERN B*"));
        assertEquals("*1|$4|pick|", client.send("COMMAND LIST FILTERBY ACLCAT STRING"));
        assertEquals("*0|", client.send("COMMAND LIST FILTERBY MODULE fruit"));
        assertEquals("-ERR syntax error|", client.send("COMMAND LIST FILTERBY x y"));
        assertEquals("-ERR syntax error|", client.send("COMMAND LIST FILTERBY PATTERN"));
        assertEquals(":3|", client.send("COMMAND COUNT"));
    }

    @Test
    void findsTheKeysOfAWholeCommand() {
        assertEquals("*1|$1|a|", client.send("COMMAND GETKEYS pick a 1"));
        assertEquals("*1|*2|$1|a|*2|+RW|+delete|", client.send("COMMAND GETKEYSANDFLAGS pick a 1"));
        assertEquals("*2|$1|a|$1|b|", client.send("COMMAND GETKEYS basket peek x in a b 1 2"));
    }

    @Test
    void saysWhyThereAreNoKeys() {
        assertEquals("-ERR Invalid command specified|", client.send("COMMAND GETKEYS nosuch"));
        assertEquals("-ERR Invalid command specified|", client.send("COMMAND GETKEYS basket x"));
        assertEquals(
                "-ERR The command has no key arguments|", client.send("COMMAND GETKEYS basket"));
        assertEquals(
                "-ERR Invalid number of arguments specified for command|",
                client.send("COMMAND GETKEYS pick a"));
        assertEquals(
                "-ERR Invalid arguments specified for command|",
                client.send("COMMAND GETKEYS basket peek x"));
    }

    @Test
    void showsWhatIsWrittenAboutACommand() {
        docs =
                "{\"pick\": {\"summary\": \"Picks.\", \"group\": \"string\", \"nonsense\": [],"
                        + " \"history\": [[\"1.0\", \"New.\"], [\"odd\"]],"
                        + " \"arguments\": [{\"name\": \"key\", \"type\": \"key\","
                        + " \"key_spec_index\": 0}, {\"name\": \"how\", \"type\": \"oneof\","
                        + " \"flags\": [\"multiple\", \"optional\", \"strange\"],"
                        + " \"arguments\": []}]}}";
        assertEquals(
                "*2|$4|pick|*8|$7|summary|$6|Picks.|$5|group|$6|string|"
                        + "$7|history|*1|*2|$3|1.0|$4|New.|"
                        + "$9|arguments|*2|*8|$4|name|$3|key|$4|type|$3|key|"
                        + "$12|display_text|$3|key|$14|key_spec_index|:0|"
                        + "*8|$4|name|$3|how|$4|type|$5|oneof|"
                        + "$5|flags|*2|+optional|+multiple|$9|arguments|*0|",
                client.send("COMMAND DOCS nosuch pick"));
    }

    @Test
    void readsDocumentationOnceForEachLoadOfItsOwner() {
        client.send("COMMAND DOCS pick basket|peek", "COMMAND DOCS");
        assertEquals(1, reads.get());
        registry.removeAll(OWNER);
        docs = "{\"pick\": {\"since\": \"2\"}}";
        addFruit();
        String reply = client.send("COMMAND DOCS pick");
        assertEquals("*2|$4|pick|*4|$5|since|$1|2|$5|group|$7|generic|", reply);
        assertEquals(2, reads.get());
    }

    @Test
    void answersWithoutDocumentationThatCannotBeRead() {
        docs = "[".repeat(1000);
        assertEquals("*2|$4|pick|*2|$5|group|$7|generic|", client.send("COMMAND DOCS pick"));
        docs = "not JSON";
        registry.removeAll(OWNER);
        addFruit();
        assertEquals("*2|$4|pick|*2|$5|group|$7|generic|", client.send("COMMAND DOCS pick"));
    }
}
