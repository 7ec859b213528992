// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test class a server with default settings: {@code @ExtendWith(SigrunExtension.class)} and
 * parameters of the types {@link SigrunServer} and {@link RespClient}. Who needs options registers
 * a {@link SigrunServer} instead.
 */
public final class SigrunExtension
        implements BeforeAllCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private final SigrunServer server = SigrunServer.withConfig();

    @Override
    public void beforeAll(ExtensionContext context) {
        server.beforeAll(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        server.afterEach(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server.afterAll(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == SigrunServer.class || type == RespClient.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        boolean isServer = parameter.getParameter().getType() == SigrunServer.class;
        return isServer ? server : server.connect();
    }
}
