// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.zoo.internal.data.Datasets;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's Java snippets, as printed, compile and do what it says. */
final class ReadmeTest {
  private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void bothSnippetsRunOnASmallDataSet() throws Exception {
    List<String> snippets = snippets();
    assertEquals(3, snippets.size());
    String data = "csv:" + smallDataSet();
    // Only the data set differs: WordNet takes a minute to encode.
    for (int i = 0; i < 2; i++) {
      String predicted =
          run(snippets.get(i).replace("\"wordnet\"", "\"" + data + "\""), "Predicting" + i);
      assertTrue(predicted.contains("animal"), predicted);
    }
    double accuracy =
        Double.parseDouble(
            run(snippets.get(2).replace("\"wordnet\"", "\"" + data + "\""), "Measuring").strip());
    assertTrue(accuracy > 0.9, () -> "accuracy " + accuracy);
  }

  @Test
  void bothSnippetsNeedOnlyWhatTheLibraryExports() throws Exception {
    Map<String, String> sources = new TreeMap<>();
    for (String snippet : snippets()) {
      String name = "Snippet" + sources.size();
      sources.put(name, "package sample;\n" + program(snippet, name));
    }
    assertEquals(3, sources.size());
    assertEquals(List.of(), UserModule.errors(folder, sources));
  }

  @Test
  void everyDataFormatIsMentioned() throws Exception {
    String readme = readme();
    for (String name : Datasets.names()) {
      assertTrue(readme.contains("`" + name), name);
    }
  }

  private static String readme() throws Exception {
    return Files.readString(Path.of("..", "README.md"));
  }

  private static List<String> snippets() throws Exception {
    List<String> snippets = new ArrayList<>();
    for (Matcher m = SNIPPET.matcher(readme()); m.find(); ) {
      snippets.add(m.group(1));
    }
    return snippets;
  }

  private Path smallDataSet() throws Exception {
    var rows = new StringBuilder("text,label,split\n");
    String[] animals = {"cat", "dog", "horse", "lion", "mouse", "rabbit", "wolf", "bear"};
    String[] foods = {"bread", "cheese", "soup", "rice", "cake", "salad", "butter", "pasta"};
    for (int i = 0; i < 160; i++) {
      String split = i < 150 ? "train" : "test";
      rows.append(i + " times I saw a wild " + animals[i % 8] + " run,animal," + split + "\n");
      rows.append(i + " times I ate fresh " + foods[i % 8] + " for lunch,food," + split + "\n");
    }
    Path file = folder.resolve("small.csv");
    Files.writeString(file, rows);
    return file;
  }

  private static String program(String snippet, String name) {
    String imports =
        snippet.lines().filter(l -> l.startsWith("import ")).collect(Collectors.joining("\n"));
    String body =
        snippet.lines().filter(l -> !l.startsWith("import ")).collect(Collectors.joining("\n"));
    return imports
        + "\npublic class "
        + name
        + " { public static void main(String[] args) throws Exception {\n"
        + body
        + "\n} }\n";
  }

  private String run(String snippet, String name) throws Exception {
    Path source = folder.resolve(name + ".java");
    Files.writeString(source, program(snippet, name));
    var compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    String classPath = System.getProperty("java.class.path");
    assertEquals(
        0, compiler.run(null, null, null, "-cp", classPath, "-proc:none", source.toString()));
    return main(name);
  }

  private String main(String name) throws Exception {
    PrintStream before = System.out;
    var printed = new ByteArrayOutputStream();
    System.setProperty("cache", folder.resolve("cache").toString());
    try (var loader = new URLClassLoader(new java.net.URL[] {folder.toUri().toURL()})) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      Class<?> type = loader.loadClass(name);
      type.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(before);
      System.clearProperty("cache");
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
