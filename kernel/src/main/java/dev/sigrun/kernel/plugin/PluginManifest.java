// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import dev.sigrun.spi.SpiVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the manifest of a plugin says, checked. Immutable, any thread.
 *
 * <p>Unknown {@code Sigrun-*} attributes are refused: they may ask for something that this server
 * would have to give. The version of the contract is looked at first, because a plugin for a newer
 * one has every right to attributes that are unknown here.
 */
final class PluginManifest {
    private static final Set<String> KNOWN =
            Set.of(
                    "sigrun-spi",
                    "sigrun-java",
                    "sigrun-module-name",
                    "sigrun-module-version",
                    "sigrun-types",
                    "sigrun-commands",
                    "sigrun-permissions",
                    "sigrun-experimental");

    private static final int VALUE_CHARS_MAX = 256;
    private static final Pattern ID =
            Pattern.compile("(?=.{1,64}$)[a-z][a-z0-9]*([._-][a-z0-9]+)*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,63}");
    private static final Pattern CLASS =
            Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*(\\.[A-Za-z_$][A-Za-z0-9_$]*)*");
    private static final Pattern SEMVER =
            Pattern.compile(
                    "(0|[1-9]\\d{0,8})\\.(0|[1-9]\\d{0,8})\\.(0|[1-9]\\d{0,8})"
                            + "(-[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?(\\+[0-9A-Za-z.-]+)?");
    private static final Pattern SPI = Pattern.compile("(0|[1-9]\\d{0,3})\\.(0|[1-9]\\d{0,3})");
    private static final Pattern JAR_BESIDE = Pattern.compile("[A-Za-z0-9._+-]+\\.jar");

    private final Attributes attributes;
    private final String id;
    private final String className;
    private final String version;
    private final String name;
    private final int number;

    private PluginManifest(byte[] content) throws PluginException {
        this.attributes = parse(content);
        this.id = required("Plugin-Id", ID, "lower-case letters, digits and single . _ -");
        this.className = required("Plugin-Class", CLASS, "the full name of a class");
        this.version = required("Plugin-Version", SEMVER, "MAJOR.MINOR.PATCH");
        checkSpi(required("Sigrun-Spi", SPI, "MAJOR.MINOR"));
        checkJava(required("Sigrun-Java", Pattern.compile("\\d{1,4}"), "a number"));
        checkAttributes();
        this.name = moduleName();
        this.number = moduleVersion();
    }

    /**
     * Reads and checks the manifest of a plugin.
     *
     * @throws PluginException when the plugin does not fit this server
     */
    static PluginManifest read(byte[] content) throws PluginException {
        return new PluginManifest(content);
    }

    /** The plugin's id. */
    String id() {
        return id;
    }

    /** The class that implements the contract's {@code Plugin}. */
    String className() {
        return className;
    }

    /** The plugin's version. */
    String version() {
        return version;
    }

    /** The name that MODULE LIST shows. */
    String name() {
        return name;
    }

    /** The version that MODULE LIST shows. */
    int number() {
        return number;
    }

    /** The experimental parts of the contract that the plugin uses; empty for none. */
    String experimental() {
        return value("Sigrun-Experimental");
    }

    /**
     * What is wrong with the class path that a manifest asks for, or null. Only jars in the same
     * folder can be named, since all of those have passed the gate.
     */
    static String classPathProblem(byte[] content) throws PluginException {
        String wanted = parse(content).getValue(Attributes.Name.CLASS_PATH);
        if (wanted == null) {
            return null;
        }
        for (String part : List.of(wanted.trim().split("\\s+", -1))) {
            if (!part.isEmpty() && !JAR_BESIDE.matcher(part).matches()) {
                return "Class-Path names '" + part + "', which is not a jar in the same folder";
            }
        }
        return null;
    }

    /** What is wrong with the version of the contract that a plugin asks for, or null. */
    static String spiProblem(String wanted, int major, int minor) {
        Matcher parts = SPI.matcher(wanted);
        if (!parts.matches()) {
            return "is not of the form MAJOR.MINOR";
        }
        int wantedMajor = Integer.parseInt(parts.group(1));
        int wantedMinor = Integer.parseInt(parts.group(2));
        boolean fits = major == 0 ? wantedMinor == minor : wantedMinor <= minor;
        if (wantedMajor == major && fits) {
            return null;
        }
        boolean newer = wantedMajor > major || (wantedMajor == major && wantedMinor > minor);
        return "does not fit this server, which offers "
                + major
                + "."
                + minor
                + (newer
                        ? ": use a newer server or an older build of the plugin"
                        : ": use a build of the plugin for this version");
    }

    private static Attributes parse(byte[] content) throws PluginException {
        try {
            return new Manifest(new ByteArrayInputStream(content)).getMainAttributes();
        } catch (IOException | IllegalArgumentException damaged) {
            throw PluginException.load("The manifest cannot be read: " + damaged.getMessage());
        }
    }

    private void checkSpi(String wanted) throws PluginException {
        String problem = spiProblem(wanted, SpiVersion.MAJOR, SpiVersion.MINOR);
        if (problem != null) {
            throw refuse("Sigrun-Spi: " + wanted + " " + problem);
        }
    }

    private void checkJava(String wanted) throws PluginException {
        int running = Runtime.version().feature();
        if (Integer.parseInt(wanted) > running) {
            throw refuse("Sigrun-Java: " + wanted + " is newer than this server's Java " + running);
        }
    }

    private void checkAttributes() throws PluginException {
        for (Object key : attributes.keySet()) {
            String text = key.toString();
            String lower = text.toLowerCase(Locale.ROOT);
            if (lower.startsWith("sigrun-") && !KNOWN.contains(lower)) {
                throw refuse("the attribute " + text + " is unknown to this server");
            }
        }
        if (!value("Plugin-Dependencies").isEmpty()) {
            throw refuse("Plugin-Dependencies is not supported: put what the plugin needs into it");
        }
    }

    private String moduleName() throws PluginException {
        if (value("Sigrun-Module-Name").isEmpty()) {
            return id;
        }
        return required("Sigrun-Module-Name", NAME, "letters, digits and . _ -");
    }

    /** As modules do by custom, 1.2.3 is 10203 unless the manifest says otherwise. */
    private int moduleVersion() throws PluginException {
        if (!value("Sigrun-Module-Version").isEmpty()) {
            return Integer.parseInt(
                    required("Sigrun-Module-Version", Pattern.compile("\\d{1,9}"), "a number"));
        }
        Matcher parts = SEMVER.matcher(version);
        if (!parts.matches()) {
            throw new AssertionError(version);
        }
        long number = 0;
        for (int i = 1; i <= 3; i++) {
            number = number * 100 + Long.parseLong(parts.group(i));
        }
        return (int) Math.min(number, Integer.MAX_VALUE);
    }

    private String required(String key, Pattern pattern, String form) throws PluginException {
        String text = value(key);
        if (text.isEmpty()) {
            throw refuse("the manifest has no " + key + ", which must be " + form);
        }
        if (text.length() > VALUE_CHARS_MAX || !pattern.matcher(text).matches()) {
            throw refuse(key + ": '" + text + "' must be " + form);
        }
        return text;
    }

    private String value(String key) {
        String text = attributes.getValue(key);
        return text == null ? "" : text.trim();
    }

    private PluginException refuse(String why) {
        String who =
                value("Plugin-Id").isEmpty() ? "The plugin" : "Plugin '" + value("Plugin-Id") + "'";
        return PluginException.load(who + " does not pass the gate: " + why + ".");
    }
}
