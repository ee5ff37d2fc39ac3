// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.cli.help.CompletionScript;
import io.github.djlstitch.cli.help.Words;
import io.github.djlstitch.core.StitchException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a completion script. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Print a script that lets a shell complete verbs, options and their values.",
    footerHeading = "%nExamples:%n",
    footer = {"  source <(stitch completion bash)", "  source <(stitch completion zsh)"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class CompletionCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(
      completionCandidates = Words.Shells.class,
      paramLabel = "SHELL",
      description = "The shell: bash or zsh.")
  String shell;

  @Override
  public Integer call() {
    if (!"bash".equals(shell) && !"zsh".equals(shell)) {
      throw StitchException.usage("no completion for '%s'; known: bash, zsh", shell);
    }
    // One script serves both: under zsh it switches on bash's way of completion first.
    var out = spec.commandLine().getOut();
    out.print(CompletionScript.of(spec.root().commandLine()));
    out.flush();
    return 0;
  }
}
