// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.stitch.StitchRunner.AnchorChoice;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.SplitSize;
import io.github.djlstitch.zoo.internal.hub.FakeHub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known, and told, before anything large is downloaded. */
final class PreparationTest {
  private static final String VIT = "timm/vit_base_patch16_224.augreg_in21k_ft_in1k";
  private static final String REXNET = "timm/rexnet_100.nav_in1k";
  private static final String CIFAR = "datasets/uoft-cs/cifar100";
  private static final String PINNED = "aadb3af77e9048adbea6b47c21a81e47dd092ae5";
  private static final DatasetOptions DEFAULTS = DatasetOptions.defaults();

  @TempDir Path folder;
  private final List<String> said = new ArrayList<>();
  private final FakeHub hub;

  PreparationTest() throws IOException {
    hub = new FakeHub();
  }

  @BeforeEach
  void publish() {
    hub.of(VIT, "main", "config.json", new byte[300]);
    hub.of(VIT, "main", "model.safetensors", new byte[4000]);
    hub.of(REXNET, "main", "config.json", new byte[20]);
    hub.of(REXNET, "main", "model.safetensors", new byte[1000]);
    hub.of(CIFAR, PINNED, "cifar100/train-00000-of-00001.parquet", new byte[1_000_000]);
    hub.of(CIFAR, PINNED, "cifar100/test-00000-of-00001.parquet", new byte[50_000]);
  }

  @AfterEach
  void close() throws IOException {
    hub.close();
  }

  @Test
  void encodersOfImagesTakeCifar100AndTheBytesAreToldBeforeTheyCome() {
    List<String> pair = List.of("vit-base", "rexnet");
    String data = zoo(false).preparation().defaultDataset(pair);
    assertEquals("cifar100:coarse", data);
    check(zoo(false), pair, data, 300);
    assertEquals(
        List.of(
            "to download: 1,055,320 bytes"
                + " (vit-base 4,300, rexnet 1,020, cifar100:coarse 1,050,000)"),
        said);
    assertEquals(0, hub.downloads());
  }

  @Test
  void whatIsKeptIsNotDownloadedAgain() {
    hub.of(
        REXNET,
        "main",
        "config.json",
        "{\"architecture\": \"rexnet_100\"}".getBytes(StandardCharsets.UTF_8));
    zoo(false).require("rexnet");
    assertEquals(List.of("to download: 1,030 bytes (rexnet 1,030)"), said);
    said.clear();
    check(zoo(false), List.of("rexnet"), "digits", 300);
    assertEquals(List.of(), said);
  }

  @Test
  void mistakesAreToldWithoutARequest() {
    ModelZoo zoo = zoo(false);
    List<String> vit = List.of("vit-base");
    refused(
        Kind.USAGE, "reads images but 'wordnet' has texts", () -> check(zoo, vit, "wordnet", 1));
    refused(Kind.USAGE, "'cifr10' is unknown", () -> check(zoo, vit, "cifr10", 1));
    refused(Kind.BAD_INPUT, "among 50000", () -> check(zoo, vit, "cifar100:coarse", 50_001));
    refused(Kind.BAD_INPUT, "0 anchors", () -> check(zoo, vit, "cifar100:coarse", 0));
    DatasetOptions few = DEFAULTS.withSplitSize(new SplitSize(200, 50));
    refused(
        Kind.BAD_INPUT,
        "among 200",
        () -> zoo.preparation().check(vit, "cifar10", Optional.empty(), few, anchors(300)));
    refused(
        Kind.USAGE,
        "reads images but 'trec' has texts",
        () -> zoo.preparation().check(vit, "cifar10", Optional.of("trec"), few, List.of()));
    refused(
        Kind.USAGE,
        "n24news:DIR",
        () -> zoo.preparation().defaultDataset(List.of("minilm", "vit-base")));
    assertEquals(0, hub.count());
    assertEquals(List.of(), said);
  }

  @Test
  void offlineEverythingMissingIsNamedAtOnce() {
    ModelZoo zoo = zoo(true);
    refused(
        Kind.UNAVAILABLE,
        "config.json",
        () -> check(zoo, List.of("vit-digits", "rexnet"), "digits", 1));
    refused(
        Kind.UNAVAILABLE,
        "uoft-cs/cifar100",
        () -> check(zoo, List.of("vit-digits"), "cifar100:fine", 1));
    check(zoo, List.of("vit-digits", "rexnet-digits"), "digits", 1438);
    assertEquals(0, hub.count());
  }

  @Test
  void anEncoderOfTheHubShowsByItsConfigurationWhatItReads() {
    hub.small("config.json", "{\"architecture\": \"rexnet_100\"}");
    ModelZoo zoo = zoo(false);
    assertEquals("cifar100:coarse", zoo.preparation().defaultDataset(List.of("hf:org/name")));
    refused(
        Kind.USAGE,
        "encoder 'hf:org/name' reads images but 'trec' has texts",
        () -> check(zoo, List.of("hf:org/name"), "trec", 1));
    assertEquals(1, hub.downloads());
    // No weights: told before anything else comes.
    refused(Kind.UNAVAILABLE, "pickles", () -> check(zoo, List.of("hf:org/name"), "mnist", 1));
    assertEquals(0, hub.downloads());
  }

  @Test
  void aHubThatDoesNotAnswerIsSaidToBeSo() throws IOException {
    hub.close();
    check(zoo(false), List.of("vit-base"), "digits", 1);
    assertEquals(1, said.size());
    assertTrue(said.get(0).contains("vit-base (size unknown: the Hub does not answer)"));
  }

  private static void check(ModelZoo zoo, List<String> encoders, String data, int count) {
    zoo.preparation().check(encoders, data, Optional.empty(), DEFAULTS, anchors(count));
  }

  private static List<AnchorChoice> anchors(int count) {
    return List.of(AnchorChoice.by(AnchorSelector.UNIFORM, count));
  }

  private ModelZoo zoo(boolean offline) {
    var progress =
        new Progress() {
          @Override
          public void at(String task, long done, long total) {}

          @Override
          public void say(String line) {
            said.add(line);
          }
        };
    return ModelZoo.open(
        new ZooOptions(
            folder.resolve("cache"),
            hub.options(folder.resolve("hub"), new ArrayList<>()).withOffline(offline),
            EncoderOptions.defaults().withDevice("cpu"),
            progress,
            warning -> {}));
  }

  private static void refused(Kind kind, String part, Runnable action) {
    var failure = assertThrows(StitchException.class, action::run);
    assertEquals(kind, failure.kind(), failure.getMessage());
    assertTrue(failure.getMessage().contains(part), failure.getMessage());
  }
}
