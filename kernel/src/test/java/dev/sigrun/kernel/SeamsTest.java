// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Time, randomness, threads, files and sockets reach the code as objects that the server hands it,
 * so that a test can hand it others. What touches the real ones is listed here, each with its
 * reason; a class that no longer needs its place in the list fails the test as well.
 */
final class SeamsTest {
    private static final String KERNEL = "dev.sigrun.kernel.";

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.sigrun.kernel", "dev.sigrun.memory", "dev.sigrun.spi");

    @Test
    void timeComesFromTheClock() {
        Map<String, String> reasons =
                Map.of(
                        "base.SystemClock", "it is the clock",
                        "base.SystemSleeper", "it measures what is left of a sleep");
        check(
                reasons,
                access ->
                        calls(access, "java.lang.System", "nanoTime", "currentTimeMillis")
                                || (isIn(access, "java.time") && calls(access, "now"))
                                || constructs(access, "java.util.Date"));
    }

    @Test
    void randomnessComesFromTheServersSeeds() {
        check(
                Map.of(),
                access ->
                        calls(access, "java.lang.Math", "random")
                                || calls(access, "java.util.UUID", "randomUUID")
                                || calls(access, "java.util.Collections", "shuffle")
                                || calls(access, "java.util.random.RandomGenerator", "of")
                                || calls(access, "java.util.random.RandomGenerator", "getDefault")
                                || uses(access, "java.util.concurrent.ThreadLocalRandom")
                                || uses(access, "java.security.SecureRandom")
                                || constructs(access, "java.util.Random")
                                || constructs(access, "java.util.SplittableRandom"));
    }

    @Test
    void threadsAreStartedInFewPlaces() {
        Map<String, String> reasons =
                Map.of(
                        "base.DaemonThreads", "it is what runs background work",
                        "net.LoopThreads", "it names the threads of the event loops",
                        "dev.sigrun.memory.Ahead", "it has memory backed beside the owner");
        check(
                reasons,
                access ->
                        constructs(access, "java.lang.Thread")
                                || calls(access, "java.lang.Thread", "ofPlatform", "ofVirtual")
                                || calls(access, "java.lang.Thread", "startVirtualThread")
                                || uses(access, "java.util.concurrent.Executors")
                                || uses(access, "java.util.concurrent.ForkJoinPool")
                                || uses(access, "java.util.concurrent.CompletableFuture")
                                || uses(access, "java.util.Timer")
                                || uses(access, "io.netty.util.concurrent.DefaultThreadFactory"));
    }

    @Test
    void nothingSleeps() {
        Map<String, String> reasons =
                Map.of("base.SystemSleeper", "it is the sleeper, which DEBUG SLEEP is given");
        check(
                reasons,
                access ->
                        calls(access, "java.lang.Thread", "sleep")
                                || calls(access, "parkNanos", "parkUntil"));
    }

    @Test
    void filesAreOpenedInFewPlaces() {
        Map<String, String> reasons =
                Map.ofEntries(
                        Map.entry(
                                "persist.aof.SystemDisk", "it is the disk of the append-only file"),
                        Map.entry(
                                "base.ProcFiles",
                                "it reads what the operating system says of the process"),
                        Map.entry(
                                "base.OomScore",
                                "it tells the operating system something of the process"),
                        Map.entry("load.read.FileFeed", "it reads data that was saved"),
                        Map.entry("persist.RdbFile", "it saves data"),
                        Map.entry(
                                "persist.LeftFiles",
                                "it removes what a sudden end has left of saving"),
                        Map.entry(
                                "replication.primary.FileTransfer", "it sends data that was saved"),
                        Map.entry(
                                "replication.replica.ReceivedFile",
                                "it keeps data that a primary sends"),
                        Map.entry(
                                "net.tls.TlsFiles",
                                "it reads certificates, which others replace at will"),
                        Map.entry(
                                "plugin.PluginGate",
                                "it looks at the file before anything is read from it"),
                        Map.entry(
                                "plugin.Staging", "it copies a plugin to where nobody changes it"));
        check(
                reasons,
                access ->
                        uses(access, "java.nio.file.Files")
                                || uses(access, "java.nio.channels.FileChannel")
                                || uses(access, "java.io.RandomAccessFile")
                                || constructs(access, "java.io.FileInputStream")
                                || constructs(access, "java.io.FileOutputStream")
                                || constructs(access, "java.io.FileReader")
                                || constructs(access, "java.io.FileWriter"));
    }

    @Test
    void socketsAreNettys() {
        Map<String, String> reasons =
                Map.of(
                        "server.metrics.MetricsListener",
                        "it answers monitors when the loops have too much to do");
        check(
                reasons,
                access ->
                        isIn(access, "com.sun.net.httpserver")
                                || uses(access, "java.net.Socket")
                                || uses(access, "java.net.ServerSocket")
                                || uses(access, "java.net.DatagramSocket")
                                || uses(access, "java.nio.channels.SocketChannel")
                                || uses(access, "java.nio.channels.ServerSocketChannel")
                                || calls(access, "java.net.URL", "openConnection", "openStream"));
    }

    @Test
    void nobodyPrints() {
        check(
                Map.of(),
                access ->
                        (uses(access, "java.lang.System")
                                        && Set.of("out", "err").contains(access.getName()))
                                || (calls(access, "printStackTrace")
                                        && access.getTarget()
                                                .getFullName()
                                                .endsWith("printStackTrace()")));
    }

    @Test
    void nothingLooksIntoClassesAtRunTime() {
        Map<String, String> reasons =
                Map.of(
                        "plugin.LoadedPlugin", "it makes the object a plugin's manifest names",
                        "plugin.TypeRules", "it asks whether a type overrides 'freeze'",
                        "plugin.IsolatedLoader", "it is a class loader");
        check(
                reasons,
                access ->
                        isIn(access, "java.lang.reflect")
                                || calls(access, "java.lang.Class", "forName")
                                || calls(access, "loadClass", "getDeclaredConstructor"));
    }

    @Test
    void onlyRegionCallsTheCLibrary() {
        check(
                Map.of("dev.sigrun.memory.Region", "it reserves and commits addresses"),
                access ->
                        uses(access, "java.lang.foreign.Linker")
                                || uses(access, "java.lang.foreign.SymbolLookup"));
    }

    /** The composition may do all of this: it is where the real things come from. */
    private static boolean isComposition(JavaClass type) {
        return type.getPackageName().equals(KERNEL + "server");
    }

    private static void check(Map<String, String> reasons, Predicate<JavaAccess<?>> forbidden) {
        Map<String, String> found = new TreeMap<>();
        for (JavaClass type : CLASSES) {
            for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                if (!isComposition(type) && forbidden.test(access)) {
                    found.putIfAbsent(outermost(type), access.getDescription());
                }
            }
        }
        Set<String> allowed = new TreeSet<>(reasons.keySet());
        Map<String, String> unexpected = new TreeMap<>(found);
        unexpected.keySet().removeAll(allowed);
        assertEquals(List.of(), List.copyOf(unexpected.values()), "not in the list");
        allowed.removeAll(found.keySet());
        assertEquals(Set.of(), allowed, "in the list without need");
    }

    /** The class in whose file a type is, without the prefix that all of the kernel has. */
    private static String outermost(JavaClass type) {
        JavaClass outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        String name = outer.getName();
        return name.startsWith(KERNEL) ? name.substring(KERNEL.length()) : name;
    }

    private static boolean isIn(JavaAccess<?> access, String packageName) {
        return access.getTargetOwner().getPackageName().equals(packageName);
    }

    private static boolean uses(JavaAccess<?> access, String owner) {
        return access.getTargetOwner().getName().equals(owner);
    }

    private static boolean constructs(JavaAccess<?> access, String owner) {
        return uses(access, owner) && access.getName().equals("<init>");
    }

    /** Whether a method of one of these names is called, of any class or of the first one given. */
    private static boolean calls(JavaAccess<?> access, String first, String... names) {
        if (first.indexOf('.') < 0) {
            return access.getName().equals(first) || List.of(names).contains(access.getName());
        }
        return uses(access, first) && List.of(names).contains(access.getName());
    }
}
