// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.cli.option.NameSelection;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.ZooOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The default data set follows what the encoders read; the image encoders of the build run. */
final class DigitsRunTest {
  @Test
  void theImageEncodersOfTheBuildRunOffline() {
    Run run =
        Run.of(
                "--encoder=vit-digits",
                "--decoder=rexnet-digits-head",
                "--anchors=100",
                "--split-size=400,100",
                "--offline")
            .ok()
            .narrow();
    assertTrue(run.out().startsWith("vit-digits into rexnet-digits-head\ndigits: 10 classes"));
    assertTrue(run.out().contains("relative (cosine)"), run.out());
    assertTrue(run.err().contains("data set: digits, as these read images"), run.err());
    assertFalse(run.err().contains("download"), run.err());
  }

  @Test
  void allMeansTheBundledEncodersThatReadTheData() {
    ModelZoo zoo = ModelZoo.open(ZooOptions.in(Sample.cache()));
    NameSelection all = NameSelection.of(zoo);
    List<String> texts = List.of("minilm", "bge-small", "e5-small", "bge-small-zh");
    List<String> images = List.of("vit-digits", "rexnet-digits");
    for (String word : List.of("all", "*")) {
      assertEquals(texts, all.reading(zoo, "wordnet").encoders(word));
      assertEquals(images, all.reading(zoo, "digits").encoders(word));
      assertEquals(images, all.reading(zoo, "imagefolder:x").encoders(word));
    }
    assertEquals(texts, all.reading(zoo, "csv:x.csv").decoders("*-head"));
    assertEquals(6, all.reading(zoo, "n24news:x").decoders("all").size());
    assertEquals(images, all.reading(zoo, "digits").encoders("*-digits"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "all | wordnet",
        "minilm,all | wordnet",
        "vit-digits | digits",
        "all,rexnet-digits | digits",
        "*-digits | digits",
        "vit-base,vit-digits | digits",
        "vit-base,rexnet | cifar100:coarse",
        "vit-* | digits",
        "deit-* | cifar100:coarse",
        "b* | wordnet",
        "clip-vit-b32 | wordnet",
        "clip-vit-b32,rexnet | cifar100:coarse",
      })
  void theDefaultDataSetIsWhatTheEncodersRead(String encoders, String dataset) {
    ModelZoo zoo = ModelZoo.open(ZooOptions.in(Sample.cache()));
    assertEquals(dataset, NameSelection.of(zoo).defaultDataset(zoo, encoders));
  }
}
