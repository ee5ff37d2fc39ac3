// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.console;

import io.github.djlstitch.core.engine.EngineInfo;
import io.github.djlstitch.report.Document.Fact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** The origin of results: the command line, the software, the machine and the time. */
public final class Origin {
  private static final Path LINUX_CPU = Path.of("/proc/cpuinfo");
  private static final String PLAIN = "[\\w@%+=:,./*-]+";

  private Origin() {}

  /** The facts, for the report. */
  public static List<Fact> facts(CommandSpec spec, String device, Clock clock, double seconds) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("command", commandLine(spec)));
    facts.add(new Fact("stitch", Version.text()));
    facts.add(new Fact("engine", EngineInfo.describe()));
    facts.add(new Fact("system", property("os.name") + " " + property("os.version")));
    int cores = Runtime.getRuntime().availableProcessors();
    facts.add(new Fact("processor", processor() + ", " + cores + " cores, device " + device));
    facts.add(new Fact("date", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString()));
    facts.add(new Fact("total seconds", String.format(Locale.ROOT, "%.1f", seconds)));
    return facts;
  }

  /** The command line, quoted for a shell. */
  private static String commandLine(CommandSpec spec) {
    List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
    return arguments.stream()
        .map(a -> a.matches(PLAIN) ? a : "'" + a.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" ", "stitch ", ""));
  }

  private static String processor() {
    try (var lines = Files.lines(LINUX_CPU, StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.replaceFirst("^[^:]*:\\s*", ""))
          .findFirst()
          .orElse(property("os.arch"));
    } catch (IOException | UncheckedIOException e) {
      return property("os.arch");
    }
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }
}
