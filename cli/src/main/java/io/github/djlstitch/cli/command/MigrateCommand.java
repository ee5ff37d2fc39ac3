// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Changes the encoder of an index of vectors without encoding everything again. */
@Command(
    name = "migrate",
    subcommands = {MigratePlanCommand.class, MigrateApplyCommand.class, MigrateCheckCommand.class},
    mixinStandardHelpOptions = true,
    description = {
      "Change the encoder and keep the index. 'plan' encodes a sample of the texts",
      "with the new encoder and says, on judged queries, what the migrated index",
      "would find: GO, NO-GO or TOO CLOSE. 'apply' carries all vectors over, into a",
      "new index. 'check' tells if an index holds vectors of two encoders.",
      "",
      "An index is FORMAT:PATH, where FORMAT is npy, fbin, fvecs, jsonl, safetensors,",
      "parquet, lucene, pgcopy or pgcsv; a known ending does without FORMAT:.%n"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  stitch migrate plan docs.jsonl --old-encoder minilm --new-encoder bge-small \\",
      "         --queries queries.tsv --qrels qrels.tsv --out plan",
      "  stitch migrate apply plan docs.jsonl --out new.jsonl",
      "  stitch migrate check new.jsonl --card clean.safetensors"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the field
final class MigrateCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return 0;
  }
}
