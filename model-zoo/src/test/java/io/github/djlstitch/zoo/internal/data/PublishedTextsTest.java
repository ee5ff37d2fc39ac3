// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.LabelledData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PublishedTextsTest {
  private static final DatasetOptions DEFAULTS = DatasetOptions.defaults();

  @TempDir Path folder;

  private Dataset<String> texts(String name) {
    return Datasets.open(name + ":" + folder, DEFAULTS).requireTexts();
  }

  private LabelledData news() {
    return Datasets.open("n24news:" + folder, DEFAULTS);
  }

  private void write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private void writeNumbered() throws IOException {
    write("classes.txt", "World\nSports\n");
    write("train.csv", "\"2\",\"Goal\",\"A \"\"late\"\" one\"\n\"1\",\"Vote\",\"\"\"Won\"\" \"\n");
    write("test.csv", "\"1\",\"Talks\",\" Over\"\n");
  }

  private static String article(String id, String section, String summary) {
    return "{\"image_id\":\"%s\",\"section\":\"%s\",\"abstract\":\"%s\",\"body\":\"long %s\",\"n\":1}"
        .formatted(id, section, summary, summary);
  }

  private void writeNews() throws IOException {
    String train = article("i1", "Food", "soup") + "," + article("i2", "Art", "paint");
    write("news/nytimes_train.json", "[" + train + "," + article("i3", "Art", " ") + "]");
    write("news/nytimes_test.json", "[" + article("i4", "Food", "bread") + "]");
    write("news/nytimes_dev.json", "[]");
    Files.createDirectories(folder.resolve("imgs"));
    for (int i = 1; i <= 4; i++) {
      Files.write(folder.resolve("imgs/i" + i + ".jpg"), Pictures.png(i));
    }
  }

  @Test
  void readsAgNewsAndDbpedia() throws IOException {
    writeNumbered();
    Dataset<String> news = texts("ag-news");
    assertEquals(List.of("World", "Sports"), news.classes());
    assertEquals(new Sample<>("train-1", "Goal A \"late\" one", 1), news.train().get(0));
    assertEquals(new Sample<>("test-1", "Talks  Over", 0), news.test().get(0));
    assertEquals("Won\"", texts("dbpedia").train().get(1).input());
  }

  @Test
  void refusesBadNumberedClasses() throws IOException {
    writeNumbered();
    for (String number : List.of("0", "3", "x", "", "99999999999")) {
      write("test.csv", "\"" + number + "\",\"a\",\"b\"\n");
      Failures.badInput(() -> texts("ag-news"), "test.csv", "line 1", "from 1 to 2");
    }
    write("test.csv", "1,a\n");
    Failures.badInput(() -> texts("ag-news"), "test.csv", "line 1", "3 fields", "found 2");
    Files.delete(folder.resolve("classes.txt"));
    Failures.badInput(() -> texts("ag-news"), "classes.txt", "does not exist");
  }

  @Test
  void readsNewsgroups() throws IOException {
    write("20news-bydate-train/sci.space/1", "From: a\n\nmoon");
    write("20news-bydate-test/sci.med/3", "From: c\n\nhead");
    Path file = folder.resolve("20news-bydate-train/sci.med/2");
    Files.createDirectories(file.getParent());
    Files.write(file, "caf\u00e9".getBytes(ISO_8859_1));
    Dataset<String> data = texts("20news");
    assertEquals(List.of("sci.med", "sci.space"), data.classes());
    assertEquals(new Sample<>("train/sci.med/2", "caf\u00e9", 0), data.train().get(0));
    assertEquals("From: c\n\nhead", data.test().get(0).input());
    write("20news-bydate-test/sci.med/x/4", "deep");
    Failures.badInput(() -> texts("20news"), "'sci.med/x/4'", "CLASS/FILE");
  }

  @Test
  void newsgroupsNeedBothFolders() throws IOException {
    Failures.badInput(() -> texts("20news"), "20news-bydate-train");
  }

  @Test
  void newsHasTwoParallelViews() throws IOException {
    writeNews();
    LabelledData data = news();
    assertEquals(List.of("Art", "Food"), data.classes());
    assertEquals(
        List.of(new Sample<>("i1", "soup", 1), new Sample<>("i2", "paint", 0)),
        data.requireTexts().train());
    assertEquals("i4", data.requireImages().test().get(0).id());
    assertEquals(2, data.requireImages().test().get(0).input().decode().width());
    assertEquals(2, data.notes().size());
    assertTrue(data.notes().get(0).contains("1 articles with an empty abstract"));
    var body = DEFAULTS.withColumns(Map.of("text", "body"));
    var full = Datasets.open("n24news:" + folder, body);
    assertEquals("long soup", full.requireTexts().train().get(0).input());
    assertEquals(data.requireImages().sha256().length(), 64);
    assertNotEquals(data.requireTexts().sha256(), full.requireTexts().sha256());
  }

  @Test
  void oneFileOfNewsIsDivided() throws IOException {
    writeNews();
    String all =
        "["
            + article("i1", "Food", "a")
            + ","
            + article("i2", "Art", "b")
            + ","
            + article("i3", "Food", "c")
            + ","
            + article("i4", "Art", "d")
            + "]";
    Files.delete(folder.resolve("news/nytimes_train.json"));
    write("news/nytimes_dataset_full.json", all);
    assertEquals(2, news().requireTexts().test().size());
    Files.delete(folder.resolve("news/nytimes_dataset_full.json"));
    Failures.badInput(this::news, "nytimes_train.json", "nytimes_dataset_full.json");
  }

  @Test
  void refusesBadNews() throws IOException {
    Failures.badInput(this::news, "no folder imgs");
    writeNews();
    String path = "news/nytimes_train.json";
    for (String id : List.of("../../etc/passwd", "a/b", "", "..", "C:x", "a\\\\b")) {
      write(path, "[" + article(id, "Food", "x") + "]");
      Failures.badInput(this::news, "nytimes_train.json' row 1", "not a plain file name");
    }
    write(path, "[" + article("i9", "Food", "x") + "]");
    Failures.badInput(this::news, "row 1", "i9.jpg' does not exist");
    write(path, "[{\"image_id\":\"i1\",\"sektion\":\"a\",\"abstract\":\"b\"}]");
    Failures.badInput(this::news, "row 1", "'section'", "did you mean 'sektion'?");
    write(path, "[{\"image_id\":\"i1\",\"image_id\":\"i2\"}]");
    Failures.badInput(this::news, "row 1", "'image_id' appears twice");
    write(path, "[" + article("i1", "Food", "x"));
    Failures.badInput(this::news, "row 1", "not strict JSON");
    write(path, "{\"a\":1}");
    Failures.badInput(this::news, "one array of objects", "BEGIN_OBJECT");
    write(path, "[1]");
    Failures.badInput(this::news, "one array of objects", "NUMBER");
    write(path, "[" + "[".repeat(10_000));
    Failures.badInput(this::news, "nytimes_train.json");
    Files.write(folder.resolve(path), new byte[] {'[', '"', (byte) 0xff, '"', ']'});
    Failures.badInput(this::news, "nytimes_train.json");
  }
}
