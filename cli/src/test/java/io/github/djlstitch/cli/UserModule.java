// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import java.io.File;
import java.io.IOException;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** A program outside of this project, as a module that sees only what the library exports. */
final class UserModule {
  private static final String ZOO = "io.github.djlstitch.zoo";
  private static final String DESCRIPTOR = "module sample {\n  requires " + ZOO + ";\n}\n";

  private UserModule() {}

  /**
   * Compiles classes of the package {@code sample}.
   *
   * @param sources text of each class by its simple name
   * @return the errors, a line each
   */
  static List<String> errors(Path folder, Map<String, String> sources) throws IOException {
    Path source = Files.createDirectories(folder.resolve("src/sample"));
    Files.writeString(folder.resolve("src/module-info.java"), DESCRIPTOR);
    for (var entry : sources.entrySet()) {
      Files.writeString(source.resolve(entry.getKey() + ".java"), entry.getValue());
    }
    var compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    var found = new DiagnosticCollector<JavaFileObject>();
    try (var files = compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8);
        Stream<Path> all = Files.walk(folder.resolve("src"))) {
      List<Path> paths = all.filter(p -> p.toString().endsWith(".java")).sorted().toList();
      String out = Files.createDirectories(folder.resolve("out")).toString();
      // Without -cp, javac would take the class path of this test.
      List<String> options =
          List.of("--module-path", modulePath(), "-cp", out, "-d", out, "-proc:none");
      var units = files.getJavaFileObjectsFromPaths(paths);
      compiler.getTask(null, files, found, options, null, units).call();
    }
    return found.getDiagnostics().stream()
        .filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
        .map(d -> d.getMessage(Locale.ROOT).replaceAll("\\s+", " "))
        .toList();
  }

  /** The modules that the library's main one needs, itself first, and no others. */
  static List<ModuleReference> library() {
    Map<String, ModuleReference> found = new LinkedHashMap<>();
    ModuleFinder all = ModuleFinder.compose(places().toArray(ModuleFinder[]::new));
    collect(ZOO, all, found);
    return List.copyOf(found.values());
  }

  private static void collect(String name, ModuleFinder all, Map<String, ModuleReference> found) {
    Optional<ModuleReference> module = all.find(name);
    if (module.isPresent() && found.putIfAbsent(name, module.get()) == null) {
      module.get().descriptor().requires().forEach(next -> collect(next.name(), all, found));
    }
  }

  private static Stream<ModuleFinder> places() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(Path::of)
        .filter(place -> Files.isRegularFile(place) || isModule(place))
        .map(ModuleFinder::of)
        .filter(UserModule::hasNames);
  }

  private static boolean isModule(Path folder) {
    return Files.exists(folder.resolve("module-info.class"));
  }

  // LibTorch's jar has a name that is no module's.
  private static boolean hasNames(ModuleFinder place) {
    try {
      return !place.findAll().isEmpty();
    } catch (FindException e) {
      return false;
    }
  }

  private static String modulePath() {
    return library().stream()
        .map(module -> Path.of(module.location().orElseThrow()).toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
