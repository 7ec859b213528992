// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.command.WordArgs;
import dev.sigrun.spi.command.CommandException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClientFilterTest {
    private final TestServer server = new TestServer();
    private TestClient asking;

    @BeforeEach
    void begin() {
        asking = server.connect();
        Session bob = server.connect().from("[::1]:5555").session();
        bob.name("bob");
        bob.db(3);
        bob.libName("lib");
        bob.libVersion("1.2");
        bob.redirectCapable();
        bob.noTouch(true);
        server.advance(10_000);
        server.connect().from("127.0.0.12:80").session().name("zed");
    }

    @AfterEach
    void end() {
        server.close();
    }

    private String select(String conditions) throws CommandException {
        ClientFilter filter = new ClientFilter(asking.session(), false);
        long now = server.admin().clock().unixMillis();
        new ClientFilterParser(
                        WordArgs.of("client list " + conditions),
                        filter,
                        now,
                        16,
                        server.admin().access().users())
                .parse(2);
        return filter.select(server.admin().sessions().all()).stream()
                .map(session -> Long.toString(session.id()))
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "ID 1, 1",
        "id 1 3 id 2, 1 2 3",
        "NOT-ID 1 2, 3",
        "ID 1 2 NOT-ID 1, 2",
        "NAME bob, 2",
        "NAME bob NAME zed, 3",
        "NOT-NAME bob, 1 3",
        "ADDR [::1]:5555, 2",
        "NOT-ADDR [::1]:5555, 1 3",
        "LADDR 127.0.0.1:6379, 1 2 3",
        "IP ::1, 2",
        "IP 127.0.0.1, 1",
        "NOT-IP 127.0.0.1, 2 3",
        "IP 127.0.0, ''",
        "LIB-NAME lib LIB-VER 1.2, 2",
        "NOT-LIB-VER 1.2, 1 3",
        "DB 3, 2",
        "NOT-DB 3, 1 3",
        "FLAGS T, 2",
        "FLAGS TN, ''",
        "NOT-FLAGS N, 2",
        "CAPA r, 2",
        "NOT-CAPA r, 1 3",
        "USER default, 1 2 3",
        "NOT-USER default, ''",
        "TYPE normal, 1 2 3",
        "TYPE PubSub, ''",
        "NOT-TYPE replica, 1 2 3",
        "MAXAGE 10, 1 2",
        "IDLE 11, ''",
        "SKIPME yes, 2 3",
        "SKIPME yes SKIPME no, 1 2 3",
    })
    void selects(String conditions, String ids) throws CommandException {
        assertEquals(ids, select(conditions));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "x y; ERR syntax error",
                "NAME; ERR syntax error",
                "ID 1x; ERR syntax error",
                "ID 0; ERR client-id should be greater than 0",
                "NOT-ID -1; ERR client-id should be greater than 0",
                "NOT-SKIPME yes; ERR syntax error",
                "NOT-IDLE 1; ERR syntax error",
                "SKIPME perhaps; ERR syntax error",
                "TYPE x; ERR Unknown client type 'x'",
                "USER x; ERR No such user 'x'",
                "MAXAGE 0; ERR maxage should be greater than 0",
                "IDLE x; ERR idle is not an integer or out of range",
                "DB 16; ERR DB number should be between 0 and 15",
                "NOT-DB -1; ERR NOT-DB number should be between 0 and 15",
                "NOT-DB x; ERR NOT-DB is not an integer or out of range",
                "FLAGS Nz; ERR Unknown flags found in the provided filter: Nz",
                "NOT-FLAGS z; ERR Unknown flags found in the NOT-FLAGS filter: z",
                "CAPA z; ERR Unknown capa found in the provided filter: z",
                "NOT-CAPA z; ERR Unknown capa found in the NOT-CAPA filter: z",
            })
    void refuses(String conditions, String error) {
        CommandException thrown = assertThrows(CommandException.class, () -> select(conditions));
        assertEquals(error, thrown.getMessage());
    }

    @Test
    void letsEverybodyThroughWithoutConditions() {
        ClientFilter filter = new ClientFilter(asking.session(), false);
        assertEquals(3, filter.select(server.admin().sessions().all()).size());
    }
}
