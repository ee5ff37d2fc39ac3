// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.jshell;

import io.github.djlstitch.cli.option.CommonOptions;
import io.github.djlstitch.core.StitchException;
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
    Stitch.use(common.zoo(common.console()));
    List<String> arguments = new ArrayList<>();
    // Local execution: snippets share this process, its engine and its opened encoders.
    arguments.addAll(List.of("--execution", "local", "--feedback", "concise"));
    arguments.addAll(List.of("--class-path", System.getProperty("java.class.path")));
    arguments.addAll(List.of("--startup", "DEFAULT"));
    arguments.add("--startup");
    arguments.add(startup().toString());
    arguments.addAll(files);
    return JavaShellToolBuilder.builder()
        .persistence(new HashMap<>())
        .start(arguments.toArray(String[]::new));
  }

  private static java.nio.file.Path startup() throws java.io.IOException {
    var file = java.nio.file.Files.createTempFile("stitch", ".jsh");
    file.toFile().deleteOnExit();
    java.nio.file.Files.writeString(
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
