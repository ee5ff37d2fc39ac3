// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes the encoder of an index of 120 sentences about twelve subjects, as a user would. */
final class MigrateCommandTest {
  private static final List<String> SUBJECTS =
      List.of(
          "volcano",
          "violin",
          "bread",
          "whale",
          "bicycle",
          "microscope",
          "glacier",
          "carpet",
          "parliament",
          "orchard",
          "submarine",
          "marathon");
  private static final List<String> SAID =
      List.of(
          "An old %s is described in this note.",
          "People came from far away to see the %s.",
          "Nobody knows how heavy a %s may be.",
          "The museum keeps a drawing of a %s.",
          "Children like to hear about the %s.",
          "A report on the %s was published in spring.",
          "The price of a %s has fallen again.",
          "She wrote a poem about a %s at night.",
          "The %s is the emblem of the town.",
          "It takes years to understand a %s.");

  @TempDir static Path shared;
  @TempDir Path folder;
  private static Path texts;
  private static Path queries;
  private static Path judgments;
  private static Path old;

  @BeforeAll
  static void index() throws IOException {
    List<String> lines = new ArrayList<>();
    List<String> asked = new ArrayList<>();
    List<String> judged = new ArrayList<>(List.of("query-id\tcorpus-id\tscore"));
    for (String subject : SUBJECTS) {
      for (String said : SAID) {
        lines.add(said.formatted(subject));
        judged.add(subject + "-a\tline-" + lines.size() + "\t1");
        judged.add(subject + "-b\tline-" + lines.size() + "\t1");
      }
      asked.add(subject + "-a\tWhat is known about the " + subject + "?");
      asked.add(subject + "-b\tfacts on a " + subject);
    }
    Path plain = Files.write(shared.resolve("docs.txt"), lines);
    List<String> named = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      named.add("line-" + (i + 1) + "\t" + lines.get(i));
    }
    texts = Files.write(shared.resolve("docs.tsv"), named);
    queries = Files.write(shared.resolve("queries.tsv"), asked);
    judgments = Files.write(shared.resolve("qrels.tsv"), judged);
    old = shared.resolve("old.safetensors");
    Run.of("encode", "--encoder", "minilm", plain.toString(), "--out", old.toString()).ok();
  }

  private static Run plan(Path out, String... more) {
    return Run.of(
        Stream.concat(
                Stream.of(
                    "migrate",
                    "plan",
                    old.toString(),
                    "--texts",
                    texts.toString(),
                    "--new-encoder",
                    "bge-small",
                    "--sample",
                    "100",
                    "--out",
                    out.toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static String[] judged(String oldEncoder, String... more) {
    return Stream.concat(
            Stream.of(
                "--old-encoder",
                oldEncoder,
                "--queries",
                queries.toString(),
                "--qrels",
                judgments.toString()),
            Stream.of(more))
        .toArray(String[]::new);
  }

  @Test
  void planApplyAndCheck() throws IOException {
    Path planned = folder.resolve("plan");
    Run plan = plan(planned, judged("minilm", "--fail-under", "0.01"));
    assertTrue(plan.code() == 0 || plan.code() == 6, plan.err());
    for (String part :
        List.of("documents", "queries", "nDCG@10", "recall@100", "full", "12 others")) {
      assertTrue(plan.out().contains(part), part + " in " + plan.out());
    }
    assertTrue(plan.err().contains("to encode: 100 documents"), plan.err());
    plan.out().lines().forEach(line -> assertTrue(line.length() <= 80, line));
    assertTrue(Files.readString(planned.resolve("report.html")).contains("bge-small"));

    Path fresh = folder.resolve("new.safetensors");
    Run applied =
        Run.of(
                "migrate",
                "apply",
                planned.toString(),
                old.toString(),
                "--out",
                fresh.toString(),
                "--without-verdict")
            .ok();
    assertTrue(applied.out().contains("bge-small from minilm"), applied.out());
    assertTrue(Files.exists(folder.resolve("new.safetensors.migration.json")));

    // All rows are beyond a card of another space, and nothing tells it from one of other data.
    Run other = Run.of("migrate", "check", old.toString(), "--card", fresh.toString()).ok();
    assertTrue(other.out().contains("card is of other data"), other.out());
    assertTrue(other.out().contains("beyond the card     120"), other.out());
    Run assigned = Run.of("migrate", "check", old.toString(), "--card", old + "," + fresh).ok();
    assertTrue(assigned.out().contains("likeliest card"), assigned.out());
    Run.of("migrate").ok();
    Run.of("migrate", "check", old.toString(), "--card", old.toString(), "--encoder", "minilm")
        .refused(2, "--encoder or --card");
    Run clean =
        Run.of(
                "migrate",
                "check",
                old.toString(),
                "--encoder",
                "minilm",
                "--texts",
                texts.toString(),
                "--rows",
                folder.resolve("rows.tsv").toString())
            .ok();
    assertTrue(clean.out().contains("clean"), clean.out());
    assertEquals(121, Files.readAllLines(folder.resolve("rows.tsv")).size());
    Run foreign =
        Run.of(
            "migrate",
            "check",
            old.toString(),
            "--encoder",
            "bge-small",
            "--texts",
            texts.toString());
    assertEquals(6, foreign.code(), foreign.out());
  }

  @Test
  void withoutJudgmentsThereIsNoVerdictAndNoMigration() {
    Path planned = folder.resolve("plan");
    Run plan = plan(planned, "--old-encoder", "gone", "--side", "documents").ok();
    assertTrue(plan.out().contains("no verdict without judged queries"), plan.out());

    Run.of(
            "migrate",
            "apply",
            planned.toString(),
            old.toString(),
            "--out",
            folder.resolve("new.npy").toString())
        .refused(2, "has no verdict", "--without-verdict");
    Run.of(
            "migrate",
            "apply",
            planned.toString(),
            old.toString(),
            "--out",
            folder.resolve("new.npy").toString(),
            "--side",
            "queries")
        .refused(2, "is no plan for queries");
  }

  @Test
  void mistakesAreToldInALine() throws IOException {
    String out = folder.resolve("plan").toString();
    plan(folder.resolve("plan"), "--old-encoder", "e5-small", "--side", "documents", "--quiet")
        .refused(3, "'e5-small' does not give the index's vectors");
    plan(folder.resolve("plan"), "--old-encoder", "minilm", "--queries", queries.toString())
        .refused(2, "--queries and --qrels go together");
    plan(folder.resolve("plan"), "--old-encoder", "minilm", "--side", "document")
        .refused(2, "--side 'document'");
    plan(folder.resolve("plan"), "--old-encoder", "minilm", "--columns", "vektor=a")
        .refused(2, "'vektor'", "vector");
    Run.of(
            "migrate",
            "plan",
            "fbim:x.fbin",
            "--old-encoder",
            "gone",
            "--new-encoder",
            "minilm",
            "--out",
            out)
        .refused(2, "fbim", "fbin");
    Run.of("migrate", "check", folder.resolve("none.fbin").toString()).refused(3, "none.fbin");
    Path wrong = Files.writeString(folder.resolve("qrels.tsv"), "a\tb\tc d\n1\t2\tx\n");
    plan(
            folder.resolve("plan"),
            "--old-encoder",
            "minilm",
            "--queries",
            queries.toString(),
            "--qrels",
            wrong.toString())
        .refused(3, "line 2", "query, document and a whole number");
    Files.writeString(wrong, "q1\td1\t1\n");
    plan(
            folder.resolve("plan"),
            "--old-encoder",
            "minilm",
            "--queries",
            queries.toString(),
            "--qrels",
            wrong.toString())
        .refused(3, "no query of");
    Run.of("migrate", "apply", folder.toString(), old.toString(), "--out", "x.npy")
        .refused(3, "plan.json");
    assertFalse(Files.exists(folder.resolve("plan")));
  }
}
