// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.OwnParameters;
import dev.sigrun.kernel.config.value.ConfigRejected;
import dev.sigrun.kernel.server.metrics.MetricsListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has monitors answered over HTTP where the configuration says. Owner thread once it has begun. */
final class Monitoring {
    private static final Logger LOG = LoggerFactory.getLogger(Monitoring.class);

    private final Config config;
    private final MetricsListener listener;

    Monitoring(Config config, MetricsListener listener) {
        this.config = config;
        this.listener = listener;
    }

    /** Listens, and follows the configuration from now on. */
    void begin() throws ListenFailed {
        if (!open()) {
            throw new ListenFailed(
                    "Failed listening on port "
                            + config.intValue(OwnParameters.METRICS_PORT)
                            + " (metrics), aborting.",
                    null);
        }
        config.onChange(OwnParameters.METRICS_PORT, this::reopen);
        config.onChange(OwnParameters.METRICS_BIND, this::reopen);
    }

    private void reopen() {
        listener.close();
        if (!open()) {
            throw new ConfigRejected("Unable to listen on this port. Check server logs.");
        }
    }

    private boolean open() {
        int port = config.intValue(OwnParameters.METRICS_PORT);
        if (port == 0) {
            return true;
        }
        String host = config.text(OwnParameters.METRICS_BIND);
        try {
            InetSocketAddress address =
                    host.equals("*")
                            ? new InetSocketAddress(port)
                            : new InetSocketAddress(InetAddress.getByName(host), port);
            listener.open(address);
            LOG.info("Metrics are served on {}", address);
            return true;
        } catch (IOException e) {
            LOG.warn("Could not listen for metrics on {}:{}: {}", host, port, e.getMessage());
            return false;
        }
    }

    void end() {
        listener.close();
    }
}
