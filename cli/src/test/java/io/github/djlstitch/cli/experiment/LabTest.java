// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.stitch.Progress;
import io.github.djlstitch.zoo.EncoderSettings;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.hub.HubOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabTest {
  @TempDir Path folder;
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void someTrec() throws IOException {
    Path trec = Files.createDirectory(folder.resolve("trec"));
    Files.writeString(trec.resolve("train_5500.label"), "HUM:ind who ?\nLOC:city where ?\n");
    Files.writeString(trec.resolve("TREC_10.label"), "HUM:ind whose ?\n");
  }

  @Test
  void firstDataSetAtHandServesAndIsNoted() {
    Lab lab = lab(Settings.in(folder));
    var data = lab.data("dbpedia", "trec", "wordnet").dataset();
    assertEquals("trec:" + folder.resolve("trec"), data.name());
    assertEquals(1, lab.notes().size());
    assertTrue(lab.notes().get(0).contains("'dbpedia' is not at hand"), lab.notes().get(0));
    assertEquals(told, List.of("note: " + lab.notes().get(0)));
    assertEquals(Map.of("data trec", data.sha256()), lab.inputs());
  }

  @Test
  void paperOwnDataSetNeedsNoNote() {
    Lab lab = lab(Settings.in(folder));
    lab.data("trec", "wordnet");
    assertEquals(List.of(), lab.notes());
  }

  @Test
  void nothingAtHandSaysWhatToFetch() {
    var refusal =
        assertThrows(
            StitchException.class, () -> lab(Settings.in(folder)).data("cifar100", "cifar10"));
    assertEquals(StitchException.Kind.UNAVAILABLE, refusal.kind());
    assertTrue(refusal.getMessage().contains("cifar100, cifar10"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("--data"), refusal.getMessage());
  }

  @Test
  void graphFolderIsFoundUnderTheDataFolder() throws IOException {
    Path cora = Files.createDirectories(folder.resolve("planetoid/cora"));
    assertEquals(cora, lab(Settings.in(folder)).folder("planetoid/cora"));
    assertThrows(StitchException.class, () -> lab(Settings.in(folder)).folder("planetoid/pubmed"));
  }

  @Test
  void fewerThanTwoImageEncodersAreRefused() {
    var refusal =
        assertThrows(StitchException.class, () -> lab(Settings.in(folder)).imageEncoders());
    assertTrue(refusal.getMessage().contains("stitch zoo pull"), refusal.getMessage());
  }

  @Test
  void usersNumbersComeFirst() {
    var asked =
        new Settings(
            Optional.empty(),
            Optional.empty(),
            List.of("minilm"),
            OptionalInt.of(7),
            List.of(3),
            5,
            OptionalInt.of(2),
            true,
            List.of());
    Lab lab = lab(asked);
    assertArrayEquals(new long[] {5, 6}, lab.seeds(3, 10));
    assertEquals(7, lab.anchors(300));
    assertEquals(List.of(3), lab.neighbours(10, 5));
    assertEquals(List.of("minilm"), lab.encoders("bge-small"));
    Lab free = lab(Settings.in(folder));
    assertArrayEquals(new long[] {0, 1, 2}, free.seeds(3, 10));
    assertEquals(300, free.anchors(300));
    assertEquals(List.of(10, 5), free.neighbours(10, 5));
    assertEquals(List.of("bge-small"), free.encoders("bge-small"));
  }

  @Test
  void countsBelowOneAreRefused() {
    assertThrows(
        StitchException.class,
        () ->
            new Settings(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                OptionalInt.of(0),
                List.of(),
                0,
                OptionalInt.empty(),
                false,
                List.of()));
  }

  private Lab lab(Settings settings) {
    var zoo =
        ModelZoo.open(
            new ModelZoo.Options(
                folder.resolve("cache"),
                HubOptions.from(Map.of(), folder).withOffline(true),
                EncoderSettings.defaults(),
                Progress.NONE,
                told::add));
    return new Lab(zoo, settings, Progress.NONE, told::add);
  }
}
