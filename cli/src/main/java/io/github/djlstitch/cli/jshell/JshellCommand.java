// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.jshell;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.option.CommonOptions;
import io.github.djlstitch.core.StitchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import javax.tools.ToolProvider;
import jdk.jshell.tool.JavaShellToolBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** JShell in this process. */
@Command(
    name = "jshell",
    mixinStandardHelpOptions = true,
    description = "Start JShell in this process with Stitch.* ready.",
    footerHeading = "%nTry:%n",
    footer = {
      "  Stitch.encoder(\"minilm\").encode(\"hello\")",
      "  var anchors = Stitch.encoder(\"minilm\").encode(\"a cat\", \"a dog\", \"some bread\")",
      "  Stitch.encoder(\"minilm\").encode(\"a horse\", \"soup\").relative(anchors)",
      "  Stitch.grid(\"minilm,bge-small\", \"wordnet\")"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class JshellCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "Snippet files to run first; - reads them from standard input.")
  List<String> files = new ArrayList<>();

  @Mixin CommonOptions common;

  @Override
  public Integer call() throws Exception {
    if (ToolProvider.getSystemJavaCompiler() == null) {
      throw StitchException.unavailable(
          "JShell needs a JDK but '%s' is a JRE; install a JDK 17 or newer",
          System.getProperty("java.home"));
    }
    requireFiles();
    Console console = common.console();
    console.rest();
    Stitch.use(common.zoo(console));
    QuietExecution.afterEach(console::clearBar);
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--execution", QuietExecution.NAME, "--feedback", "concise"));
    arguments.addAll(List.of("--class-path", System.getProperty("java.class.path")));
    arguments.addAll(List.of("--startup", "DEFAULT"));
    arguments.add("--startup");
    arguments.add(startup().toString());
    arguments.addAll(files);
    return JavaShellToolBuilder.builder()
        .persistence(new HashMap<>())
        .start(arguments.toArray(String[]::new));
  }

  // JShell tells of a missing file in a line, and then goes on as if it had been run.
  private void requireFiles() {
    for (String file : files) {
      boolean predefined = List.of("-", "DEFAULT", "JAVASE", "PRINTING").contains(file);
      if (!predefined && !Files.isRegularFile(Path.of(file))) {
        throw StitchException.badInput("no snippet file '%s'; check the path", file);
      }
    }
  }

  private static Path startup() throws IOException {
    var file = Files.createTempFile("stitch", ".jsh");
    file.toFile().deleteOnExit();
    Files.writeString(
        file,
        """
        import io.github.djlstitch.cli.jshell.Stitch;
        import io.github.djlstitch.core.*;
        import io.github.djlstitch.core.relative.*;
        import io.github.djlstitch.core.space.*;
        import io.github.djlstitch.core.stitch.*;
        System.out.println("Stitch.* is ready. Try Stitch.encoder(\\"minilm\\").encode(\\"hello\\")");
        """);
    return file;
  }
}
