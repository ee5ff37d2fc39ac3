// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.help;

import io.github.djlstitch.report.Wrapped;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Lays help out: options under the heading of their topic, whole sentences, lines that break
 * between words only and fit the terminal, of 80 columns at most.
 */
public final class HelpPage {
  private static final int WIDEST = 80;
  private static final int LEFT = 22;
  private static final String INDENT = "  ";

  private HelpPage() {}

  /** Lays out the help of a command and all its subcommands that way. */
  public static void layOut(CommandLine command) {
    Map<String, IHelpSectionRenderer> sections = new HashMap<>(command.getHelpSectionMap());
    sections.put(UsageMessageSpec.SECTION_KEY_DESCRIPTION, HelpPage::description);
    sections.put(UsageMessageSpec.SECTION_KEY_PARAMETER_LIST, HelpPage::parameters);
    sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpPage::options);
    sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, HelpPage::commands);
    sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
    command.setHelpSectionMap(sections);
  }

  private static int width(Help help) {
    return Math.min(WIDEST, help.commandSpec().usageMessage().width());
  }

  // Blank lines part paragraphs; other line ends are only those of the source.
  private static String description(Help help) {
    String text = formatted(help.commandSpec().usageMessage().description());
    return text.isEmpty()
        ? ""
        : Stream.of(text.strip().split("\\n\\s*\\n", -1))
            .map(paragraph -> Wrapped.words("", "", words(paragraph), width(help)))
            .collect(Collectors.joining("\n", "\n", ""));
  }

  private static String parameters(Help help) {
    List<PositionalParamSpec> shown =
        help.commandSpec().positionalParameters().stream().filter(p -> !p.hidden()).toList();
    return shown.isEmpty()
        ? ""
        : "\nParameters:\n"
            + shown.stream()
                .map(p -> entry(label(help, p), text(p), width(help)))
                .collect(Collectors.joining());
  }

  private static String options(Help help) {
    Map<Topic, List<OptionSpec>> topics = new EnumMap<>(Topic.class);
    for (OptionSpec option : help.commandSpec().options()) {
      if (!option.hidden()) {
        topics.computeIfAbsent(topic(option), t -> new ArrayList<>()).add(option);
      }
    }
    var page = new StringBuilder();
    topics.forEach(
        (topic, options) -> {
          page.append('\n').append(topic.heading()).append(":\n");
          options.forEach(o -> page.append(entry(names(help, o), text(o), width(help))));
        });
    return page.toString();
  }

  private static String commands(Help help) {
    return help.subcommands().isEmpty()
        ? ""
        : "\nCommands:\n"
            + help.subcommands().entrySet().stream()
                .map(sub -> command(help, sub.getKey(), sub.getValue()))
                .collect(Collectors.joining());
  }

  private static String command(Help help, String name, Help sub) {
    return entry(help.colorScheme().commandText(name), summary(sub), width(help));
  }

  /** The first sentence of a command's description. */
  private static String summary(Help command) {
    String text =
        String.join(" ", words(formatted(command.commandSpec().usageMessage().description())));
    return text.replaceFirst("(?s)(?<=[a-z)*]\\.) [A-Z].*", "");
  }

  private static Topic topic(OptionSpec option) {
    if (!(option.userObject() instanceof Field field)) {
      return Topic.COMMAND;
    }
    @Nullable About own = field.getAnnotation(About.class);
    @Nullable About group = field.getDeclaringClass().getAnnotation(About.class);
    if (own == null && group == null) {
      return option.usageHelp() || option.versionHelp() ? Topic.SYSTEM : Topic.COMMAND;
    }
    return own != null ? own.value() : group.value();
  }

  private static Text names(Help help, OptionSpec option) {
    Text names = help.ansi().text("");
    for (String name : option.names()) {
      names = names.plainString().isEmpty() ? names : names.concat(", ");
      names = names.concat(help.colorScheme().optionText(name));
    }
    return names.concat(label(help, option));
  }

  private static Text label(Help help, ArgSpec argument) {
    return help.parameterLabelRenderer()
        .renderParameterLabel(argument, help.ansi(), help.colorScheme().parameterStyles());
  }

  private static String text(ArgSpec argument) {
    return formatted(argument.description());
  }

  // Names that are too long for their column stand above the text.
  private static String entry(Text names, String text, int width) {
    int used = INDENT.length() + names.plainString().length();
    boolean beside = used < LEFT;
    String gap = beside ? " ".repeat(LEFT - used) : "\n" + " ".repeat(LEFT);
    String lines =
        Wrapped.words(" ".repeat(LEFT), " ".repeat(LEFT), words(text), width).substring(LEFT);
    return INDENT + names + gap + lines;
  }

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+", -1));
  }

  // The percent signs of picocli's texts are those of String.format.
  private static String formatted(String[] lines) {
    return String.join("\n", lines).replace("%n", "\n").replace("%%", "%");
  }
}
