// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URL;
import java.util.Set;

/** The architecture as rules; this module is the only one whose class path holds all the others. */
@AnalyzeClasses(
    packages = "io.github.djlstitch",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String CORE = "io.github.djlstitch.core..";
  private static final String ENCODERS = "io.github.djlstitch.encoders..";
  private static final String DECODERS = "io.github.djlstitch.decoders..";
  private static final String ZOO = "io.github.djlstitch.zoo..";
  private static final String REPORT = "io.github.djlstitch.report..";
  private static final String INDEXES = "io.github.djlstitch.indexes..";
  private static final String EXPERIMENTS = "io.github.djlstitch.experiments..";
  private static final String ENGINE = "ai.djl.engine.Engine";
  private static final String CLI = "io.github.djlstitch.cli..";

  private static final String BASE_MANAGER = "ai.djl.ndarray.NDManager.newBaseManager";

  /** Names and text only: no type in this list opens a connection by itself. */
  private static final Set<String> HARMLESS =
      Set.of(
          "java.net.URI",
          "java.net.URISyntaxException",
          "java.net.URL",
          "java.net.URLDecoder",
          "java.net.URLEncoder");

  private static final DescribedPredicate<JavaClass> NETWORK =
      describe("belong to the network", ArchitectureTest::isNetwork);

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.github.djlstitch.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule coreKnowsNoOtherModule =
      never(CORE, ENCODERS, DECODERS, ZOO, REPORT, INDEXES, EXPERIMENTS, CLI);

  @ArchTest
  static final ArchRule encodersKnowOnlyCore =
      never(ENCODERS, DECODERS, ZOO, REPORT, INDEXES, EXPERIMENTS, CLI);

  @ArchTest
  static final ArchRule decodersKnowOnlyCore =
      never(DECODERS, ENCODERS, ZOO, REPORT, INDEXES, EXPERIMENTS, CLI);

  @ArchTest
  static final ArchRule zooKnowsNeitherReportsNorCommands =
      never(ZOO, REPORT, INDEXES, EXPERIMENTS, CLI);

  @ArchTest
  static final ArchRule reportsKnowNoModels =
      never(REPORT, DECODERS, ZOO, INDEXES, EXPERIMENTS, CLI);

  @ArchTest static final ArchRule experimentsKnowNoCommands = never(EXPERIMENTS, INDEXES, CLI);

  @ArchTest
  static final ArchRule indexesKnowOnlyCore =
      never(INDEXES, ENCODERS, DECODERS, ZOO, REPORT, EXPERIMENTS, CLI, "ai.djl..")
          .because("an index is numbers and names; what they mean is told elsewhere");

  @ArchTest
  static final ArchRule onlyIndexesKnowTheirFormats =
      noClasses()
          .that()
          .resideOutsideOfPackage(INDEXES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.lucene..", "org.duckdb..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule optionsKnowNoCommands =
      never("io.github.djlstitch.cli.option..", "io.github.djlstitch.cli.command..");

  @ArchTest
  static final ArchRule onlyReportsWriteFormats =
      never(CLI, "com.google.gson..", "de.siegmar.fastcsv..")
          .because("JSON and CSV have one writer each, in the report module");

  @ArchTest
  static final ArchRule reportsOfCommandsKnowNoCommands =
      never(
          "io.github.djlstitch.cli.report..",
          "io.github.djlstitch.cli.command..",
          "io.github.djlstitch.cli.option..");

  @ArchTest
  static final ArchRule algorithmsOnRowsKnowNoSpaces =
      noClasses()
          .that()
          .resideInAPackage("io.github.djlstitch.core.internal.cluster..")
          .should()
          .dependOnClassesThat(
              resideInAPackage(CORE)
                  .and(
                      not(
                          resideInAnyPackage(
                              "io.github.djlstitch.core",
                              "io.github.djlstitch.core.cluster",
                              "io.github.djlstitch.core.internal.cluster",
                              "io.github.djlstitch.core.internal.engine"))));

  @ArchTest
  static final ArchRule commandLineLeavesTheEngineToTheOthers =
      never(CLI, "ai.djl..", "org.pytorch..");

  @ArchTest
  static final ArchRule experimentsLeaveTheEngineToTheOthers =
      never(EXPERIMENTS, "ai.djl..", "org.pytorch..");

  @ArchTest
  static final ArchRule onlyTheZooUsesTheNetwork =
      noClasses()
          .that()
          .resideOutsideOfPackage(ZOO)
          .should()
          .dependOnClassesThat(NETWORK)
          .orShould()
          .callMethod(URL.class, "openStream")
          .orShould()
          .callMethod(URL.class, "openConnection")
          .orShould()
          .callMethod(URL.class, "getContent")
          .allowEmptyShould(true)
          .because("what a run reads must be known, verified and cached before it starts");

  @ArchTest
  static final ArchRule theEngineIsLoadedInOnePlace =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.github.djlstitch.core.internal.engine.LoadedEngine")
          .should()
          .callMethod(ENGINE, "getEngine", "java.lang.String")
          .orShould()
          .callMethod(ENGINE, "getInstance")
          .orShould()
          .callMethodWhere(
              describe(
                  "opens a base manager",
                  call -> call.getTarget().getFullName().startsWith(BASE_MANAGER)))
          .because("its native libraries are checked there before they end the process");

  @ArchTest
  static final ArchRule onlyTheCommandLinePrints =
      noClasses()
          .that()
          .resideOutsideOfPackage(CLI)
          .should(ACCESS_STANDARD_STREAMS)
          .allowEmptyShould(true);

  // Two exceptions: what LibTorch itself reads, and the class that DJL starts without arguments.
  @ArchTest
  static final ArchRule librariesTakeTheirSettingsAsArguments =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              CLI, "io.github.djlstitch.core.engine", "io.github.djlstitch.core.internal.engine")
          .and()
          .doNotHaveFullyQualifiedName("io.github.djlstitch.zoo.djl.StitchZooProvider")
          .should()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .orShould()
          .callMethod(System.class, "getProperty", String.class)
          .orShould()
          .callMethod(System.class, "getProperty", String.class, String.class);

  @ArchTest
  static final ArchRule publicFieldsNeverChange =
      fields().that().arePublic().should().beFinal().allowEmptyShould(true);

  private static ArchRule never(String from, String... to) {
    return noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(to)
        .allowEmptyShould(true);
  }

  private static boolean isNetwork(JavaClass type) {
    String name = type.getFullName();
    return type.getPackageName().startsWith("java.net.http")
        || type.getPackageName().startsWith("javax.net")
        || (name.startsWith("java.net.") && !HARMLESS.contains(name))
        || (name.startsWith("java.nio.channels.") && name.contains("Socket"))
        || name.equals("java.nio.channels.DatagramChannel");
  }
}
