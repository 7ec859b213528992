// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ClientLineTest {
    private final TestServer server = new TestServer();
    private TestClient client;

    @BeforeEach
    void begin() {
        new ConnectionCommands(server.admin()).register();
        client = server.connect();
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void hasTheFieldsOfTheReferenceInItsOrder() {
        client.send("CLIENT SETNAME bob", "CLIENT SETINFO LIB-NAME lib", "SELECT 3", "NOSUCH");
        server.advance(2500);
        client.session().bytesIn = 77;
        client.session().bytesOut = 88;
        String line =
                "id=1 addr=127.0.0.1:4711 laddr=127.0.0.1:6379 fd=8 name=bob age=2 idle=0 flags=N"
                        + " capa= db=3 sub=0 psub=0 ssub=0 multi=-1 watch=0 qbuf=0 qbuf-free=0"
                        + " argv-mem=10 multi-mem=0 rbs=0 rbp=0 obl=0 oll=0 omem=0 tot-mem=2048"
                        + " events=r cmd=client|info user=default redir=-1 resp=2 lib-name=lib"
                        + " lib-ver= tot-net-in=77 tot-net-out=88 tot-cmds=3\n|";
        assertEquals("$" + (line.length() - 1) + "|" + line, client.send("CLIENT INFO"));
    }

    @Test
    void hasALetterForEverythingThatIsSpecial() {
        assertEquals("N", ClientLine.flags(client.session()));
        client.send("CLIENT NO-EVICT ON", "CLIENT NO-TOUCH ON", "WAIT 1 0");
        assertEquals("beT", ClientLine.flags(client.session()));
        client.from("/run/sigrun.sock:0").session().closeAfterReply();
        assertEquals("bcUeT", ClientLine.flags(client.session()));
    }
}
