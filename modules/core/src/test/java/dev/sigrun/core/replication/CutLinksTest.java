// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.replication;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two servers, one of which follows the other while links are cut and roles change. */
final class CutLinksTest {
    private static final String[] DUAL = {"no", "yes"};
    private static final String[] LOADS = {"disabled", "swapdb", "flush-before-load"};

    @RegisterExtension static final SigrunServer FIRST = SigrunServer.withConfig();
    @RegisterExtension static final SigrunServer SECOND = SigrunServer.withConfig();

    private static String digest(RespClient client) {
        return client.call("DEBUG", "DIGEST");
    }

    private static void follow(RespClient client, SigrunServer primary) {
        client.call("REPLICAOF", "127.0.0.1", Integer.toString(primary.port()));
    }

    /** A replica that is loading refuses until it has ended. */
    private static void lead(RespClient client) {
        Await.until("a primary again", () -> client.call("REPLICAOF", "NO", "ONE").equals("+OK"));
    }

    private static void awaitEqual(RespClient one, RespClient other) {
        Await.until("equal data", () -> digest(one).equals(digest(other)));
    }

    private static void write(RespClient client, Random random, int commands) {
        for (int i = 0; i < commands; i++) {
            String key = "k" + random.nextInt(200);
            switch (random.nextInt(6)) {
                case 0 -> client.call("SET", key, "v" + i);
                case 1 -> client.call("DEL", key);
                case 2 -> client.call("RPUSH", "l" + key, "a" + i);
                case 3 -> client.call("HSET", "h" + key, "f" + random.nextInt(9), "" + i);
                case 4 -> client.call("SPOP", "s" + key);
                default -> client.call("SADD", "s" + key, "m" + random.nextInt(9));
            }
        }
    }

    @Test
    void dataStaysEqualWhateverIsCut() {
        Random random = new Random(29);
        RespClient primary = FIRST.connect();
        RespClient replica = SECOND.connect();
        FIRST.set("repl-diskless-sync-delay", "0");
        write(primary, random, 300);
        for (String dual : DUAL) {
            for (String load : LOADS) {
                FIRST.set("dual-channel-replication-enabled", dual);
                SECOND.set("dual-channel-replication-enabled", dual);
                SECOND.set("repl-diskless-load", load);
                follow(replica, FIRST);
                write(primary, random, 50);
                primary.call("CLIENT", "KILL", "TYPE", "replica");
                write(primary, random, 50);
                awaitEqual(primary, replica);
                replica.call("CLIENT", "KILL", "TYPE", "master");
                write(primary, random, 50);
                awaitEqual(primary, replica);
                lead(replica);
            }
        }
    }

    @Test
    void theRoleIsHandedOverAndBackWithoutLosingAWrite() {
        RespClient first = FIRST.connect();
        RespClient second = SECOND.connect();
        FIRST.set("repl-diskless-sync-delay", "0");
        SECOND.set("repl-diskless-sync-delay", "0");
        first.call("SET", "a", "1");
        follow(second, FIRST);
        awaitEqual(first, second);
        Await.until("a replica", () -> first.call("FAILOVER").equals("+OK"));
        Await.until("the second leads", () -> second.call("SET", "a", "2").equals("+OK"));
        awaitEqual(first, second);
        Await.until("a replica", () -> second.call("FAILOVER").equals("+OK"));
        Await.until("the first leads", () -> first.call("SET", "a", "3").equals("+OK"));
        awaitEqual(first, second);
        lead(second);
    }
}
