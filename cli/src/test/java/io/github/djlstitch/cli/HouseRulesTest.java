// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * House rules that a compiler does not know, on the sources of all modules. A bound above 0 is the
 * number of breaches that a folder had when its rule was written: it may only go down.
 */
final class HouseRulesTest {
  private static final int LONGEST_METHOD = 40;
  private static final int LONGEST_FILE = 360;
  private static final String PACKAGES = "src/main/java/io/github/djlstitch";

  // Text blocks, texts, characters and comments.
  private static final Pattern NO_CODE =
      Pattern.compile(
          "\"\"\"(?s:.*?)\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*+\"|'(?:\\\\.|[^'\\\\\n])++'"
              + "|/\\*(?s:.*?)\\*/|//[^\n]*+");
  private static final Pattern ARRAY =
      Pattern.compile("\\s*(?:final |private |static )*(?:NDArray|NDList)(?:\\[])? \\w+ =.*");
  private static final Pattern STATEMENT_END = Pattern.compile(".*;\\s*(?://.*)?");
  private static final Pattern SHAPE = Pattern.compile("(?s).*//.*(?:\\(.*\\)|\\bas ).*");
  private static final Pattern VAGUE =
      Pattern.compile("(?s)/\\*\\*[\\s*]*(?:What|How|Where|Whether)\\b.*");
  private static final Pattern BRITISH =
      Pattern.compile("(?si).*\\b(?:un)?cent(?:re|res|red|ring)\\b.*");
  private static final Pattern ANNOTATION = Pattern.compile("@\\w+(?:\\([^)]*\\))?\\s*");
  private static final Pattern CONTROL =
      Pattern.compile(
          "(?:if|for|while|switch|catch|else|do|try|return|throw|case|default)\\b.*|}.*|static \\{");

  private static final List<Source> SOURCES = new ArrayList<>();

  /** A source file. */
  private record Source(Path path, String text) {
    /** The module, and in core and cli the package in it: core/relative, encoders. */
    String folder() {
      String[] parts =
          path.toString().replace('\\', '/').split("io/github/djlstitch/", -1)[1].split("/", -1);
      boolean whole = parts.length == 2 || !List.of("core", "cli").contains(parts[0]);
      return whole ? parts[0] : parts[0] + "/" + parts[1];
    }

    /** The code without comments and with empty texts; every line keeps its number. */
    List<String> code() {
      return NO_CODE.matcher(text).replaceAll(m -> blank(m.group())).lines().toList();
    }

    private static String blank(String part) {
      String lines = "\n".repeat((int) part.chars().filter(c -> c == '\n').count());
      return part.startsWith("/") ? lines : "\"\"" + lines;
    }

    Stream<String> comments() {
      return NO_CODE.matcher(text).results().map(m -> m.group()).filter(t -> t.startsWith("/"));
    }

    String at(int line, String fault) {
      return path.getFileName() + ":" + (line + 1) + " " + fault.strip();
    }
  }

  @BeforeAll
  static void readSources() throws IOException {
    Path root = Path.of("..");
    assumeTrue(Files.isDirectory(root.resolve("core").resolve(PACKAGES)), "no sources here");
    for (String module :
        List.of(
            "core",
            "encoders",
            "decoders",
            "model-zoo",
            "report",
            "indexes",
            "experiments",
            "cli",
            "integrations/langchain4j",
            "integrations/spring-ai",
            "integrations/spark")) {
      try (Stream<Path> files = Files.walk(root.resolve(module).resolve(PACKAGES))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
          SOURCES.add(new Source(file, Files.readString(file)));
        }
      }
    }
    assertTrue(SOURCES.size() > 400, () -> SOURCES.size() + " sources");
  }

  @Test
  void methodsAreShort() {
    holds(Map.of(), HouseRulesTest::longMethods);
  }

  @Test
  void filesAreShort() {
    holds(
        Map.of(),
        source -> {
          int lines = (int) source.text().lines().count();
          return lines > LONGEST_FILE ? List.of(source.at(0, lines + " lines")) : List.of();
        });
  }

  @Test
  void nativeArraysAreDeclaredWithTheirShape() {
    holds(Map.of(), HouseRulesTest::shapeless);
  }

  @Test
  void javadocSaysFacts() {
    holds(Map.of(), source -> source.comments().filter(c -> VAGUE.matcher(c).matches()).toList());
  }

  @Test
  void proseIsAmerican() {
    holds(Map.of(), source -> source.comments().filter(c -> BRITISH.matcher(c).matches()).toList());
  }

  @Test
  void theRulesFindTheirBreaches() {
    String body = "    int i = 0; // centred\n".repeat(LONGEST_METHOD);
    String text = "/** What it is. */\nclass A {\n  void run() {\n" + body + "  }\n}\n";
    var source = new Source(Path.of("io/github/djlstitch/core/relative/A.java"), text);
    assertEquals("core/relative", source.folder());
    assertEquals(List.of("A.java:3 42 lines: void run() {"), longMethods(source));
    assertEquals(1, source.comments().filter(c -> VAGUE.matcher(c).matches()).count());
    assertEquals(40, source.comments().filter(c -> BRITISH.matcher(c).matches()).count());
    var array = new Source(source.path(), "NDArray a = f(\n  x);\nNDList b = g(); // (B, D)\n");
    assertEquals(List.of("A.java:1 NDArray a = f("), shapeless(array));
  }

  private static void holds(Map<String, Integer> bounds, Function<Source, List<String>> rule) {
    Map<String, List<String>> found = new TreeMap<>();
    for (Source source : SOURCES) {
      found.computeIfAbsent(source.folder(), f -> new ArrayList<>()).addAll(rule.apply(source));
    }
    found.values().removeIf(List::isEmpty);
    found.entrySet().removeIf(e -> e.getValue().size() <= bounds.getOrDefault(e.getKey(), 0));
    assertEquals(Map.of(), found);
  }

  private static List<String> shapeless(Source source) {
    List<String> found = new ArrayList<>();
    List<String> lines = source.text().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (ARRAY.matcher(lines.get(i)).matches()) {
        int end = i;
        while (!STATEMENT_END.matcher(lines.get(end)).matches()) {
          end++;
        }
        String statement = String.join("\n", lines.subList(i, end + 1));
        // A list may hold arrays of many shapes: then the comment says which arrays.
        boolean many = statement.contains("NDList ") && !statement.contains("NDArray ");
        boolean told = many ? statement.contains("//") : SHAPE.matcher(statement).matches();
        if (!told) {
          found.add(source.at(i, lines.get(i)));
        }
      }
    }
    return found;
  }

  private static List<String> longMethods(Source source) {
    List<String> found = new ArrayList<>();
    List<String> lines = source.code();
    for (int i = 0; i < lines.size(); i++) {
      int first = firstLine(lines, i);
      String head =
          ANNOTATION.matcher(String.join(" ", lines.subList(first, i + 1))).replaceAll("");
      if (lines.get(i).strip().endsWith("{") && isMethod(head.strip())) {
        int length = end(lines, i) - first + 1;
        if (length > LONGEST_METHOD) {
          found.add(source.at(first, length + " lines: " + head.strip()));
        }
      }
    }
    return found;
  }

  // A declaration begins after a blank line or the end of what is before it.
  private static int firstLine(List<String> lines, int opening) {
    int first = opening;
    while (first > 0 && !lines.get(first - 1).strip().matches("|.*[;{}]")) {
      first--;
    }
    return first;
  }

  private static boolean isMethod(String head) {
    return head.contains("(")
        && !head.contains("->")
        && !CONTROL.matcher(head).matches()
        && !head.split("\\(", 2)[0].matches(".*(?:=|\\b(?:class|interface|enum|record|new)\\b).*");
  }

  private static int end(List<String> lines, int opening) {
    int depth = 0;
    for (int i = opening; i < lines.size(); i++) {
      depth += (int) lines.get(i).chars().filter(c -> c == '{').count();
      depth -= (int) lines.get(i).chars().filter(c -> c == '}').count();
      if (depth <= 0) {
        return i;
      }
    }
    return lines.size() - 1;
  }
}
