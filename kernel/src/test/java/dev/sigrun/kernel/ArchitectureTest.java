// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.sigrun.spi.ForKernel;
import dev.sigrun.spi.ForPlugin;
import org.junit.jupiter.api.Test;

/**
 * Who may know whom. Each layer may use the layers named at it and no others, and libraries stay
 * behind the one package that is about them, so that a library can be replaced in one place.
 */
final class ArchitectureTest {
    private static final String KERNEL = "dev.sigrun.kernel.";

    /** Beyond this many the contract is too large to keep for ever. */
    private static final int SPI_TYPES_MAX = 70;

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.sigrun.kernel", "dev.sigrun.memory", "dev.sigrun.spi");

    @Test
    void layersUseOnlyThoseBelow() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("server")
                .definedBy(KERNEL + "server..")
                .layer("admin")
                .definedBy(KERNEL + "admin..")
                .layer("net")
                .definedBy(KERNEL + "net..")
                .layer("plugin")
                .definedBy(KERNEL + "plugin..")
                .layer("script")
                .definedBy(KERNEL + "script..")
                .layer("command")
                .definedBy(KERNEL + "command..")
                .layer("replication")
                .definedBy(KERNEL + "replication..")
                .layer("persist")
                .definedBy(KERNEL + "persist..")
                .layer("load")
                .definedBy(KERNEL + "load..")
                .layer("snapshot")
                .definedBy(KERNEL + "snapshot..")
                .layer("acl")
                .definedBy(KERNEL + "acl..")
                .layer("tracking")
                .definedBy(KERNEL + "tracking..")
                .layer("pubsub")
                .definedBy(KERNEL + "pubsub..")
                .layer("store")
                .definedBy(KERNEL + "store..")
                .layer("measure")
                .definedBy(KERNEL + "measure..")
                .layer("config")
                .definedBy(KERNEL + "config..")
                .layer("rdb")
                .definedBy(KERNEL + "rdb..")
                .layer("wire")
                .definedBy(KERNEL + "wire..")
                .layer("loop")
                .definedBy(KERNEL + "loop..")
                .layer("base")
                .definedBy(KERNEL + "base..")
                .whereLayer("admin")
                .mayOnlyAccessLayers(
                        "replication",
                        "persist",
                        "load",
                        "snapshot",
                        "plugin",
                        "script",
                        "command",
                        "acl",
                        "tracking",
                        "pubsub",
                        "store",
                        "measure",
                        "config",
                        "rdb",
                        "wire",
                        "loop",
                        "base")
                .whereLayer("net")
                .mayOnlyAccessLayers("command", "wire", "loop", "base")
                .whereLayer("plugin")
                .mayOnlyAccessLayers("base")
                .whereLayer("script")
                .mayOnlyAccessLayers("command", "store", "rdb", "wire", "loop", "base")
                .whereLayer("replication")
                .mayOnlyAccessLayers(
                        "persist",
                        "load",
                        "snapshot",
                        "command",
                        "acl",
                        "store",
                        "measure",
                        "config",
                        "rdb",
                        "wire",
                        "loop",
                        "base")
                .whereLayer("persist")
                .mayOnlyAccessLayers(
                        "load",
                        "snapshot",
                        "command",
                        "acl",
                        "store",
                        "measure",
                        "config",
                        "rdb",
                        "wire",
                        "loop",
                        "base")
                .whereLayer("load")
                .mayOnlyAccessLayers("store", "rdb", "loop", "base")
                .whereLayer("snapshot")
                .mayOnlyAccessLayers("store", "rdb", "loop", "base")
                .whereLayer("command")
                .mayOnlyAccessLayers(
                        "acl",
                        "tracking",
                        "pubsub",
                        "store",
                        "measure",
                        "rdb",
                        "wire",
                        "loop",
                        "base")
                .whereLayer("acl")
                .mayOnlyAccessLayers("config", "base")
                .whereLayer("tracking")
                .mayOnlyAccessLayers("pubsub", "wire", "base")
                .whereLayer("pubsub")
                .mayOnlyAccessLayers("wire", "base")
                .whereLayer("store")
                .mayOnlyAccessLayers("measure", "rdb", "loop", "base")
                .whereLayer("measure")
                .mayOnlyAccessLayers("base")
                .whereLayer("config")
                .mayOnlyAccessLayers("base")
                .whereLayer("rdb")
                .mayOnlyAccessLayers("base")
                .whereLayer("wire")
                .mayOnlyAccessLayers("base")
                .whereLayer("loop")
                .mayNotAccessAnyLayer()
                .whereLayer("base")
                .mayNotAccessAnyLayer()
                .check(CLASSES);
    }

    @Test
    void everyKernelClassIsInALayer() {
        classes()
                .that()
                .resideInAPackage("dev.sigrun.kernel..")
                .should()
                .resideInAnyPackage(
                        KERNEL + "server..",
                        KERNEL + "admin..",
                        KERNEL + "net..",
                        KERNEL + "plugin..",
                        KERNEL + "command..",
                        KERNEL + "script..",
                        KERNEL + "replication..",
                        KERNEL + "persist..",
                        KERNEL + "load..",
                        KERNEL + "snapshot..",
                        KERNEL + "acl..",
                        KERNEL + "tracking..",
                        KERNEL + "pubsub..",
                        KERNEL + "store..",
                        KERNEL + "measure..",
                        KERNEL + "config..",
                        KERNEL + "rdb..",
                        KERNEL + "wire..",
                        KERNEL + "loop..",
                        KERNEL + "base..")
                .because("a new package is a new layer and has to say whom it may use")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.sigrun.kernel.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyNetKnowsNetty() {
        noClasses()
                .that()
                .resideOutsideOfPackage(KERNEL + "net..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(CLASSES);
    }

    @Test
    void onlyPluginKnowsPf4j() {
        noClasses()
                .that()
                .resideOutsideOfPackage(KERNEL + "plugin..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.pf4j..")
                .check(CLASSES);
    }

    @Test
    void onlyTheDocumentationOfCommandsKnowsJson() {
        noClasses()
                .that()
                .resideOutsideOfPackage(KERNEL + "admin.introspect..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml..")
                .check(CLASSES);
    }

    @Test
    void onlyTheListenerForMonitorsKnowsHttp() {
        noClasses()
                .that()
                .resideOutsideOfPackage(KERNEL + "server.metrics..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.net.httpserver..")
                .check(CLASSES);
    }

    @Test
    void theKernelKnowsNoOtherLibraries() {
        classes()
                .that()
                .resideInAPackage("dev.sigrun.kernel..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.crypto..",
                        "javax.net.ssl..",
                        "javax.security.auth.x500..",
                        "dev.sigrun..",
                        "org.slf4j..",
                        "io.netty..",
                        "org.pf4j..",
                        "com.sun.net.httpserver..",
                        "com.fasterxml.jackson.core..")
                .check(CLASSES);
    }

    @Test
    void theContractKnowsTheJdkAndSlf4jAlone() {
        classes()
                .that()
                .resideInAPackage("dev.sigrun.spi..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.slf4j..", "dev.sigrun.spi..")
                .check(CLASSES);
    }

    @Test
    void memoryKnowsTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage("dev.sigrun.memory..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "dev.sigrun.memory..")
                .check(CLASSES);
    }

    @Test
    void everyInterfaceOfTheContractSaysWhoImplementsIt() {
        classes()
                .that()
                .resideInAPackage("dev.sigrun.spi..")
                .and()
                .areInterfaces()
                .and()
                .areNotAnnotations()
                .and()
                .arePublic()
                .should()
                .beAnnotatedWith(ForPlugin.class)
                .orShould()
                .beAnnotatedWith(ForKernel.class)
                .because("how an interface may grow depends on who implements it")
                .check(CLASSES);
        noClasses()
                .should()
                .beAnnotatedWith(ForPlugin.class)
                .andShould()
                .beAnnotatedWith(ForKernel.class)
                .check(CLASSES);
    }

    @Test
    void theContractStaysSmall() {
        long types =
                CLASSES.stream()
                        .filter(type -> type.getPackageName().startsWith("dev.sigrun.spi"))
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(type -> type.getEnclosingClass().isEmpty())
                        .filter(type -> !type.getSimpleName().equals("package-info"))
                        .count();
        assertTrue(types <= SPI_TYPES_MAX, types + " public types are too many for the contract");
    }
}
