// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.LabelledData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HubDatasetsTest {
  private static final DatasetOptions DEFAULTS = DatasetOptions.defaults();
  private static final String CIFAR100 = "cifar100/%s-00000-of-00001.parquet";

  @TempDir Path cache;
  private DatasetHub hub;

  @BeforeEach
  void start() throws IOException {
    hub = new DatasetHub(cache);
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private LabelledData open(String spec) {
    return Datasets.open(spec, DEFAULTS, hub::client);
  }

  private void publish(String repository, String path, String resource) throws IOException {
    for (String part : List.of("train", "test")) {
      byte[] bytes = Resources.bytes("parquet/" + resource + "-" + part + ".parquet");
      hub.with(repository, path.formatted(part), bytes);
    }
  }

  private void publishLines(String repository, String path, String train, String test) {
    hub.with(repository, path.formatted("train"), train.getBytes(UTF_8));
    hub.with(repository, path.formatted("test"), test.getBytes(UTF_8));
  }

  @Test
  void readsBothLabelsOfCifar100() throws IOException {
    publish("uoft-cs/cifar100", CIFAR100, "cifar100");
    var fine = open("cifar100").requireImages();
    assertEquals(List.of("apple", "ray", "shark"), fine.classes());
    assertEquals("cifar100", fine.name());
    assertEquals(5, fine.train().size());
    assertEquals(2, fine.test().get(1).label());
    assertEquals(fine.train(), fine.train());
    assertEquals(List.of("fish", "fruit"), open("cifar100:coarse").classes());
    assertEquals(fine.classes(), open("cifar100:fine").classes());
    String pinned = "/resolve/aadb3af77e9048adbea6b47c21a81e47dd092ae5/";
    assertTrue(hub.asked().get(0).contains(pinned), hub.asked().get(0));
    // Kept since: the pinned commit is never asked for again.
    assertEquals(4, hub.asked().size(), hub.asked()::toString);
  }

  @Test
  void namesClassesThatTheFileDoesNotName() throws IOException {
    publish("CogComp/trec", "default/%s/0000.parquet", "trec");
    var data = open("trec").requireTexts();
    assertEquals(List.of("DESC", "HUM", "LOC"), data.classes());
    assertEquals(new Sample<>("train-2", "Where is S\u00e3o Paulo ?", 2), data.train().get(1));
    assertEquals(List.of(new Sample<>("test-1", "How ?", 2)), data.test());
  }

  @Test
  void leavesOutEmptyNewsgroups() {
    publishLines(
        "SetFit/20_newsgroups",
        "%s.jsonl",
        """
        {"text":"moon","label":1,"label_text":"sci.space"}
        {"text":" ","label":1,"label_text":"sci.space"}
        {"text":"head","label":0,"label_text":"sci.med"}
        """,
        "{\"text\":\"mars\",\"label\":1,\"label_text\":\"sci.space\"}\n");
    LabelledData data = open("20news");
    assertEquals(List.of("sci.med", "sci.space"), data.classes());
    assertEquals(new Sample<>("train-3", "head", 0), data.requireTexts().train().get(1));
    assertEquals(List.of("data set '20news': left out 1 empty texts"), data.notes());
  }

  @Test
  void readsALanguageOfSib200() {
    String head = "index_id\tcategory\ttext\n";
    publishLines(
        "Davlan/sib200",
        "data/eng_Latn/%s.tsv",
        head + "1\ttravel\tGo\n2\tsports\tRun\n",
        head + "3\ttravel\tStay\n");
    assertEquals("Stay", open("sib200:eng_Latn").requireTexts().test().get(0).input());
    Failures.unavailable(() -> open("sib200:fra_Latn"), "data/fra_Latn/train.tsv");
    Failures.usage(() -> open("sib200:../../x"), "sib200:LANG", "sib200:DIR:LANG");
    Failures.usage(() -> open("sib200:eng"), "sib200:LANG");
  }

  @Test
  void withoutAHubOnlyLocalFilesAreRead() {
    Failures.unavailable(() -> Datasets.open("mnist", DEFAULTS), "'mnist' is published on the Hub");
    Failures.usage(() -> open("n24news"), "n24news:DIR");
    Failures.usage(() -> open("imagenet-1k"), "imagenet-1k:DIR");
    assertTrue(hub.asked().isEmpty());
  }

  @Test
  void everyCardIsAFormAndEveryBareFormHasACard() {
    Set<String> names = new HashSet<>();
    for (DatasetCard card : Datasets.cards()) {
      assertTrue(names.add(card.name()), card.name());
      assertFalse(card.licence().isEmpty());
      assertTrue(card.classes() > 1 && card.train() > card.test() && card.test() > 0);
    }
    for (DataFormat form : DataFormats.ALL) {
      boolean bare = form.shapes().contains(form.name());
      assertTrue(!bare || names.contains(form.name()), form.name());
    }
    List<String> formNames = DataFormats.ALL.stream().map(DataFormat::name).toList();
    assertTrue(formNames.containsAll(names));
  }
}
