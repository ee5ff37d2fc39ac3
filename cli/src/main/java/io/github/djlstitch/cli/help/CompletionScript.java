// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.help;

import io.github.djlstitch.core.Named;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion script of bash and zsh: a fixed part, and tables made from the commands. */
public final class CompletionScript {
  private static final String FIXED = "completion.sh";

  // The patterns of what may be completed so, by kind and words.
  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final List<String> verbs = new ArrayList<>();

  private CompletionScript() {}

  /** The script for a command and its subcommands. */
  public static String of(CommandLine root) {
    var script = new CompletionScript();
    script.add("", root);
    String cases =
        script.values.entrySet().stream()
            .map(e -> "    " + String.join(" | ", e.getValue()) + ") " + e.getKey() + " ;;")
            .collect(Collectors.joining("\n"));
    return fixed().replace("@VALUES@", cases).replace("@VERBS@", String.join("\n", script.verbs));
  }

  private static String fixed() {
    try (InputStream in = CompletionScript.class.getResourceAsStream(FIXED)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String verb, CommandLine command) {
    var spec = command.getCommandSpec();
    for (OptionSpec option : spec.options()) {
      if (option.arity().max() > 0) {
        Stream.of(option.names()).forEach(name -> add(verb, name, option));
      }
    }
    spec.positionalParameters().forEach(parameter -> add(verb, "", parameter));
    String names =
        spec.options().stream()
            .filter(option -> !option.hidden())
            .map(OptionSpec::longestName)
            .collect(Collectors.joining(" "));
    String below = String.join(" ", command.getSubcommands().keySet());
    verbs.add("    '%s') opts='%s' verbs='%s' ;;".formatted(verb, names, below));
    command.getSubcommands().forEach((name, sub) -> add((verb + " " + name).strip(), sub));
  }

  private void add(String verb, String option, ArgSpec argument) {
    String kind = (isList(argument) ? "l" : "") + (isPath(argument) ? "p" : "");
    String assigned = "kind='%s' values='%s'".formatted(kind, String.join(" ", words(argument)));
    values.computeIfAbsent(assigned, key -> new ArrayList<>()).add("'" + verb + "|" + option + "'");
  }

  /** The words that an option or parameter takes, as far as they are known. */
  public static List<String> words(ArgSpec argument) {
    if (argument.completionCandidates() instanceof Words words) {
      List<String> all = new ArrayList<>();
      words.forEach(all::add);
      return all;
    }
    Object[] constants = type(argument).getEnumConstants();
    return constants == null
        ? List.of()
        : Arrays.stream(constants).map(constant -> ((Named) constant).id()).toList();
  }

  private static boolean isList(ArgSpec argument) {
    return completed(argument, Completed::list).orElse(false);
  }

  private static boolean isPath(ArgSpec argument) {
    return completed(argument, Completed::path).orElse(false) || type(argument) == Path.class;
  }

  private static Class<?> type(ArgSpec argument) {
    return argument.auxiliaryTypes()[0];
  }

  private static <T> Optional<T> completed(ArgSpec argument, Function<Completed, T> what) {
    return argument.userObject() instanceof AnnotatedElement element
        ? Optional.ofNullable(element.getAnnotation(Completed.class)).map(what)
        : Optional.empty();
  }
}
