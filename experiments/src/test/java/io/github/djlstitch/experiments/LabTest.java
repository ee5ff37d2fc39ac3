// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class LabTest {
  @TempDir Path folder;

  @BeforeEach
  void someTrec() throws IOException {
    Path trec = Files.createDirectory(folder.resolve("trec"));
    Files.writeString(trec.resolve("train_5500.label"), "HUM:ind who ?\nLOC:city where ?\n");
    Files.writeString(trec.resolve("TREC_10.label"), "HUM:ind whose ?\n");
  }

  @Test
  void firstDataSetAtHandServesAndIsNoted() {
    TestLab fixture = lab();
    Lab lab = fixture.open();
    var data = lab.data("dbpedia", "trec", "wordnet").dataset();
    assertEquals("trec:" + folder.resolve("trec"), data.name());
    assertEquals(1, lab.notes().size());
    assertTrue(lab.notes().get(0).contains("'dbpedia' is not available"), lab.notes().get(0));
    assertEquals(List.of("note: " + lab.notes().get(0)), fixture.told);
    assertEquals(Map.of("data trec", data.sha256()), lab.inputs());
  }

  @Test
  void paperOwnDataSetNeedsNoNote() {
    Lab lab = lab().open();
    lab.data("trec", "wordnet");
    assertEquals(List.of(), lab.notes());
  }

  @Test
  void dataThatIsNeverFetchedIsNotAtHandWithoutItsFolder() {
    Lab lab = lab().open();
    lab.data("n24news", "trec");
    assertTrue(lab.notes().get(0).contains("(--dataset n24news:DIR reads it)"), lab.notes().get(0));
  }

  @Test
  void nothingAtHandSaysWhatToFetch() {
    var refusal =
        assertThrows(StitchException.class, () -> lab().open().data("cifar100", "cifar10"));
    assertEquals(StitchException.Kind.UNAVAILABLE, refusal.kind());
    assertTrue(refusal.getMessage().contains("cifar100, cifar10"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("--data"), refusal.getMessage());
  }

  @Test
  void graphFolderIsFoundUnderTheDataFolder() throws IOException {
    Path cora = Files.createDirectories(folder.resolve("planetoid/cora"));
    assertEquals(cora, lab().open().folder("planetoid/cora"));
    assertThrows(StitchException.class, () -> lab().open().folder("planetoid/pubmed"));
  }

  @Test
  void fewerThanTwoImageEncodersAreRefused() {
    var refusal = assertThrows(StitchException.class, () -> lab().open().imageEncoders());
    assertTrue(refusal.getMessage().contains("stitch zoo pull"), refusal.getMessage());
  }

  @Test
  void whatComparesNeedsTwo() {
    Lab lab = lab().encoders("minilm").seeds(4, 1).open();
    refused("--encoder minilm: ", () -> lab.severalEncoders("bge-small", "e5-small"));
    refused("--seeds 1: ", () -> lab.severalSeeds(3, 10));
    for (String id : List.of("table5", "table1", "table3", "figure1", "figure5")) {
      refused("or more", () -> Experiments.named(id).run(lab));
    }
    assertEquals(List.of("a", "b"), lab().open().severalEncoders("a", "b"));
    assertArrayEquals(new long[] {0, 1}, lab().open().severalSeeds(2, 10));
  }

  private static void refused(String part, Executable action) {
    var refusal = assertThrows(StitchException.class, action);
    assertEquals(StitchException.Kind.USAGE, refusal.kind());
    assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
  }

  @Test
  void usersNumbersComeFirst() {
    Lab lab = lab().encoders("minilm").anchors(7).neighbors(3).seeds(5, 2).full().open();
    assertTrue(lab.full());
    assertArrayEquals(new long[] {5, 6}, lab.seeds(3, 10));
    assertEquals(7, lab.anchors(300));
    assertEquals(List.of(3), lab.neighbors(10, 5));
    assertEquals(List.of("minilm"), lab.encoders("bge-small"));
    Lab free = lab().open();
    assertArrayEquals(new long[] {0, 1, 2}, free.seeds(3, 10));
    assertEquals(300, free.anchors(300));
    assertEquals(List.of(10, 5), free.neighbors(10, 5));
    assertEquals(List.of("bge-small"), free.encoders("bge-small"));
  }

  @Test
  void optionsThatNobodyAskedForAreTold() {
    Lab lab = lab().encoders("minilm").anchors(7).neighbors(3).seeds(5, 2).full().open();
    assertEquals(
        List.of("--encoder", "--anchors", "--k", "--seed", "--seeds", "--full"),
        lab.unusedOptions());
    lab.seeds(3, 10);
    lab.neighbors(10);
    lab.data("trec");
    assertEquals(List.of("--encoder", "--anchors"), lab.unusedOptions());
    assertEquals(List.of(), TestLab.keepingIn(folder).open().unusedOptions());
  }

  @Test
  void countsBelowOneAreRefused() {
    for (TestLab asked : List.of(lab().anchors(0), lab().seeds(0, 0), lab().neighbors(0))) {
      var refusal = assertThrows(StitchException.class, asked::open);
      assertTrue(refusal.getMessage().contains("at least 1"), refusal.getMessage());
    }
  }

  private TestLab lab() {
    return TestLab.keepingIn(folder.resolve("cache")).data(folder);
  }
}
