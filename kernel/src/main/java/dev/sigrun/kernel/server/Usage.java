// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import dev.sigrun.kernel.admin.ServerFacts;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.ConnectionParameters;

/** What the program prints about itself. */
final class Usage {
    private Usage() {}

    static String version() {
        // Tools take the number behind 'v=' for the version of Valkey.
        return "Valkey server v="
                + ServerFacts.VALKEY_VERSION
                + " sha=00000000:0 malloc=sigrun-"
                + ServerFacts.SIGRUN_VERSION
                + " bits=64 build=java-"
                + Runtime.version().feature();
    }

    static String help() {
        return """
        Usage: sigrun-server [/path/to/valkey.conf] [options] [-]
               sigrun-server - (read the configuration from standard input)
               sigrun-server -v or --version
               sigrun-server -h or --help

        Every directive of valkey.conf is an option: --port 7777 --loadmodule plugins/x.jar
        An option on the command line beats the same directive in the file.

        Examples:
               sigrun-server                      (defaults: port 6379, all interfaces)
               sigrun-server /etc/valkey/6379.conf
               sigrun-server --port 7777 --maxmemory 2gb --maxmemory-policy allkeys-lru
               sigrun-server /etc/valkey.conf --loglevel verbose -
        """;
    }

    static String banner(Config config) {
        return """

           .-.      Sigrun %s (speaks Valkey %s)
          (   )     Running in standalone mode
         __)_(__    Port: %d
        '-------'   PID: %d

        """
                .formatted(
                        ServerFacts.SIGRUN_VERSION,
                        ServerFacts.VALKEY_VERSION,
                        config.intValue(ConnectionParameters.PORT),
                        ProcessHandle.current().pid());
    }
}
