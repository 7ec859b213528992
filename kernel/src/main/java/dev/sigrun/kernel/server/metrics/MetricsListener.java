// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.admin.info.InfoCommand;
import dev.sigrun.kernel.base.Background;
import dev.sigrun.kernel.base.Clock;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Answers monitors over HTTP. It has a listener and threads of its own, so that it answers when the
 * owner has too much to do, which is when it matters. Any thread, one at a time.
 *
 * <p>Clients that are slow, or send much, are closed: how many there may be and what each may take
 * is set below, for this process.
 */
public final class MetricsListener {
    private static final long OWNER_MILLIS_MAX = 1000;
    private static final int BACKLOG = 16;

    private final Clock clock;
    private final Background background;
    private final OwnerQuestion<Boolean> presence;
    private final OwnerQuestion<String> figures;
    private HttpServer server;

    /** A listener that is closed. */
    public MetricsListener(AdminContext context, InfoCommand info, Background background) {
        this.clock = context.clock();
        this.background = background;
        FigureText text = new FigureText(context, info);
        presence = new OwnerQuestion<>(context.owner(), clock, () -> Boolean.TRUE);
        figures = new OwnerQuestion<>(context.owner(), clock, text::write);
    }

    /** The JDK's server reads these when it is first used. */
    private static void bound() {
        bound("sun.net.httpserver.maxReqTime", "5");
        bound("sun.net.httpserver.maxRspTime", "10");
        bound("sun.net.httpserver.idleInterval", "10");
        bound("sun.net.httpserver.maxIdleConnections", "8");
        bound("sun.net.httpserver.maxReqHeaders", "64");
        bound("sun.net.httpserver.maxReqHeaderSize", "16384");
        bound("jdk.httpserver.maxConnections", "32");
    }

    private static void bound(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /**
     * Begins to listen.
     *
     * @return the port, which the system chose if 0 was given
     */
    public int open(InetSocketAddress address) throws IOException {
        bound();
        HttpServer opened = HttpServer.create(address, BACKLOG);
        opened.setExecutor(task -> background.run("metrics", task));
        opened.createContext("/", only("/", exchange -> send(exchange, 404, "not found\n")));
        opened.createContext("/livez", only("/livez", exchange -> send(exchange, 200, "ok\n")));
        opened.createContext("/readyz", only("/readyz", this::readiness));
        opened.createContext("/metrics", only("/metrics", this::metrics));
        opened.start();
        server = opened;
        return opened.getAddress().getPort();
    }

    /** Listens no longer. */
    public void close() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    /** Answers a path and nothing below it, and nobody who wants more than to read. */
    private static HttpHandler only(String path, HttpHandler handler) {
        return exchange -> {
            try (exchange) {
                String method = exchange.getRequestMethod();
                if (!method.equals("GET") && !method.equals("HEAD")) {
                    exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                    send(exchange, 405, "only GET and HEAD\n");
                } else if (path.equals("/") || exchange.getRequestURI().getPath().equals(path)) {
                    handler.handle(exchange);
                } else {
                    send(exchange, 404, "not found\n");
                }
            }
        };
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        send(exchange, status, "text/plain; charset=utf-8", text);
    }

    private static void send(HttpExchange exchange, int status, String type, String text)
            throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, content.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(content);
        }
    }

    private void readiness(HttpExchange exchange) throws IOException {
        if (ask(presence) != null) {
            send(exchange, 200, "ok\n");
        } else {
            send(exchange, 503, "the server did not answer within a second\n");
        }
    }

    private static <T> OwnerQuestion.Answer<T> ask(OwnerQuestion<T> question) {
        try {
            return question.ask(OWNER_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private void metrics(HttpExchange exchange) throws IOException {
        OwnerQuestion.Answer<String> now = ask(figures);
        OwnerQuestion.Answer<String> shown = now == null ? figures.latest() : now;
        Families out = new Families();
        out.gauge("redis_up", now == null ? "0" : "1");
        out.gauge("sigrun_metrics_stale", now == null ? "1" : "0");
        if (shown != null) {
            double age = Math.max(clock.nanos() - shown.nanos(), 0) / 1e9;
            out.gauge("sigrun_metrics_age_seconds", Double.toString(age));
            new InfoMetrics(out).write(shown.value());
        }
        JavaMetrics.write(out);
        send(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", out.toString());
    }
}
