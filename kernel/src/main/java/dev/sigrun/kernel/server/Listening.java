// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.ConnectionParameters;
import dev.sigrun.kernel.config.TlsParameters;
import dev.sigrun.kernel.net.NetServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the server listens, as the configuration says. */
final class Listening {
    private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

    private final NetServer net;
    private final Config config;
    private volatile int port;
    private volatile int tlsPort;
    private boolean anyPort;
    private Path socketFile;

    Listening(NetServer net, Config config) {
        this.net = net;
        this.config = config;
    }

    int port() {
        return port;
    }

    int tlsPort() {
        return tlsPort;
    }

    /** Port 0 means any free port from now on, not none. */
    void anyPort() {
        anyPort = true;
    }

    private void bindTcp() throws ListenFailed {
        int wished = config.intValue(ConnectionParameters.PORT);
        port = 0;
        if (wished != 0 || anyPort) {
            port = bindAll(wished, false);
        }
    }

    private void bindTls() throws ListenFailed {
        int wished = config.intValue(TlsParameters.TLS_PORT);
        tlsPort = 0;
        if (wished != 0) {
            tlsPort = bindAll(wished, true);
        }
    }

    void begin() throws ListenFailed {
        bindTcp();
        bindTls();
        String path = config.text(ConnectionParameters.UNIXSOCKET);
        if (path != null && !path.isEmpty()) {
            bindUnix(Path.of(path));
        }
    }

    /** Listens on all addresses; returns the port, 0 when there is no address. */
    private int bindAll(int wished, boolean isTls) throws ListenFailed {
        List<String> addresses = config.value(ConnectionParameters.BIND);
        int found = 0;
        int bound = 0;
        for (String address : addresses) {
            boolean optional = address.startsWith("-");
            String host = optional ? address.substring(1) : address;
            try {
                if (host.equals("::*") && bound > 0) {
                    // The socket that takes IPv4 from everywhere takes IPv6 as well.
                    continue;
                }
                found = net.listen(resolve(host, bound == 0 ? wished : found), isTls);
                bound++;
            } catch (Exception e) {
                LOG.warn(
                        "Warning: Could not create server TCP listening socket {}:{}: {}",
                        host,
                        wished,
                        e.getMessage());
                if (!optional) {
                    throw new ListenFailed(
                            "Failed listening on port "
                                    + wished
                                    + (isTls ? " (tls), aborting." : " (tcp), aborting."),
                            e);
                }
            }
        }
        return found;
    }

    private static InetSocketAddress resolve(String host, int port) throws UnknownHostException {
        return switch (host) {
            case "*" -> new InetSocketAddress(port);
            case "::*" -> new InetSocketAddress(InetAddress.getByName("::"), port);
            default -> new InetSocketAddress(InetAddress.getByName(host), port);
        };
    }

    private void bindUnix(Path path) throws ListenFailed {
        try {
            Files.deleteIfExists(path);
            net.listenUnix(path.toString());
            socketFile = path;
            long mode = config.longValue(ConnectionParameters.UNIXSOCKETPERM);
            if (mode != 0) {
                Files.setPosixFilePermissions(path, permissions((int) mode));
            }
        } catch (Exception e) {
            LOG.warn("Failed opening Unix socket: bind: {}", e.getMessage());
            throw new ListenFailed("Failed listening on the Unix socket " + path, e);
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        PosixFilePermission[] all = PosixFilePermission.values();
        Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < all.length; i++) {
            if ((mode & 1 << (all.length - 1 - i)) != 0) {
                set.add(all[i]);
            }
        }
        return set;
    }

    void logReady() {
        if (port != 0) {
            LOG.info("Ready to accept connections tcp");
        }
        if (socketFile != null) {
            LOG.info("Ready to accept connections unix");
        }
        if (tlsPort != 0) {
            LOG.info("Ready to accept connections tls");
        }
    }

    /** Listens where the configuration says now; returns whether that worked. */
    boolean rebind() {
        return rebind(false) && rebind(true);
    }

    /** The same for encrypted connections, or for the others. */
    boolean rebind(boolean isTls) {
        try {
            net.stopListening(isTls);
            if (isTls) {
                bindTls();
            } else {
                bindTcp();
            }
            return true;
        } catch (ListenFailed e) {
            return false; // The log has what went wrong.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void removeSocketFile() {
        if (socketFile != null) {
            try {
                Files.deleteIfExists(socketFile);
            } catch (IOException e) {
                LOG.warn("The Unix socket's file stays: {}", e.getMessage());
            }
        }
    }
}
