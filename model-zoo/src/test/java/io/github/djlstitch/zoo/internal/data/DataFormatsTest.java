// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.zoo.data.DatasetOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Help, hints and messages about data formats are made from the registry. */
final class DataFormatsTest {
  private static final DatasetOptions DEFAULTS = DatasetOptions.defaults();

  @Test
  void everyFormatIsInTheMessageOfAnUnknownName() {
    for (DataFormat format : DataFormats.ALL) {
      for (String shape : format.shapes()) {
        Failures.usage(() -> Datasets.open("???", DEFAULTS), ": ", shape);
        assertTrue(shape.equals(format.name()) || shape.startsWith(format.name() + ":"), shape);
      }
      assertTrue(Datasets.help().contains(format.shapes().get(0)), format.name());
      assertEquals(format.files(), Datasets.files().get(format.ofFiles()));
      assertFalse(format.files().isBlank());
    }
  }

  @Test
  void anEndingHintsAtItsFormat() {
    Set<String> endings = new HashSet<>();
    for (DataFormat format : DataFormats.ALL) {
      format
          .extension()
          .ifPresent(
              end -> {
                assertTrue(endings.add(end), end);
                Failures.usage(
                    () -> Datasets.open("my/data." + end, DEFAULTS),
                    "did you mean '" + format.name() + ":my/data." + end + "'?");
              });
    }
    assertEquals(Set.of("csv", "tsv", "jsonl", "parquet", "zip"), endings);
  }

  @Test
  void filesThatAreNoTextOnEachLineAreNamed() {
    assertEquals(Optional.of("csv:a.csv"), Datasets.named("a.csv"));
    assertEquals(Optional.of("tsv:b/A.TSV.gz"), Datasets.named("b/A.TSV.gz"));
    assertEquals(Optional.of("jsonl:a.jsonl"), Datasets.named("a.jsonl"));
    assertEquals(Optional.of("parquet:a.parquet"), Datasets.named("a.parquet"));
    assertEquals(Optional.of("imagefolder:a.zip"), Datasets.named("a.zip"));
    for (String file : List.of("a.txt", "a.txt.gz", "a.zip.gz", "zip", "")) {
      assertEquals(Optional.empty(), Datasets.named(file), file);
    }
  }

  @Test
  void aMisspeltNameHintsAtTheNearest() {
    for (DataFormat format : DataFormats.ALL) {
      String name = format.name();
      Failures.usage(() -> Datasets.open(name + "x:DIR", DEFAULTS), "did you mean '" + name + "'?");
    }
  }

  @Test
  void everyColumnKeyIsTakenSomewhereAndRefusedElsewhere() {
    Set<String> taken = new HashSet<>();
    for (DataFormat format : DataFormats.ALL) {
      taken.addAll(format.columns());
      for (String key : DatasetOptions.columnKeys()) {
        if (!format.columns().contains(key)) {
          String spec = format.needsPath() ? format.name() + ":x" : format.name();
          var options = DEFAULTS.withColumns(Map.of(key, "mine"));
          Failures.usage(() -> Datasets.open(spec, options), spec);
        }
      }
    }
    assertEquals(Set.copyOf(DatasetOptions.columnKeys()), taken);
    assertEquals("n24news, parquet, csv, tsv and jsonl", Datasets.withColumns());
  }

  @Test
  void helpSaysWhereTheFilesComeFrom() {
    String help = Datasets.help();
    assertTrue(help.startsWith("wordnet, digits (come with the build); trec, "), help);
    assertTrue(help.contains(", fashion-mnist (downloaded once), or NAME:DIR of those; "), help);
    assertTrue(help.endsWith("parquet:FILE|DIR, csv:FILE, tsv:FILE, jsonl:FILE"), help);
  }
}
