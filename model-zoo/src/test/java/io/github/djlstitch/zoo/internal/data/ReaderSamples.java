// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.SplitSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A small data set for every format of the registry. */
final class ReaderSamples {
  private static final DatasetOptions DEFAULTS = DatasetOptions.defaults();
  private static final List<String> SPLIT = List.of("train-1", "train-2", "test-1");
  private static final String SIB = "index_id\tcategory\ttext\n";
  private static final String ID_SQL =
      "SELECT * FROM (VALUES ('red', 'b', 'train', 'x2'), ('blue', 'a', 'train', 'x1'),"
          + " ('green', 'a', 'test', 'x3')) t(text, label, split, id)";

  private ReaderSamples() {}

  /** All of them; the order is that of the registry. */
  static List<ReaderSample> all() throws IOException, SQLException {
    return List.of(
        wordnet(),
        digits(),
        local(
            "trec:DIR",
            files(
                "train_5500.label", "DESC:a How ?\nLOC:b Where ?\n", "TREC_10.label", "LOC:c Up ?"),
            SPLIT,
            "DESC",
            "LOC"),
        parquetHub("trec", "CogComp/trec default/%s/0000.parquet", "trec"),
        numbered("ag-news"),
        numbered("dbpedia"),
        local(
            "20news:DIR",
            files(
                "20news-bydate-train/sci.space/1",
                "moon",
                "20news-bydate-train/sci.med/2",
                "head",
                "20news-bydate-test/sci.med/3",
                "arm"),
            List.of("train/sci.med/2", "train/sci.space/1", "test/sci.med/3"),
            "sci.med",
            "sci.space"),
        local(
            "20news",
            files(
                "SetFit/20_newsgroups train.jsonl",
                """
                {"text":"moon","label_text":"sci.space"}
                {"text":"head","label_text":"sci.med"}
                """,
                "SetFit/20_newsgroups test.jsonl",
                "{\"text\":\"arm\",\"label_text\":\"sci.med\"}\n"),
            SPLIT,
            "sci.med",
            "sci.space"),
        sib("sib200:DIR:eng_Latn", "eng_Latn/"),
        sib("sib200:eng_Latn", "Davlan/sib200 data/eng_Latn/"),
        cifar10(),
        archive(cifar10()),
        cifar100(),
        parquetHub("cifar100", "uoft-cs/cifar100 cifar100/%s-00000-of-00001.parquet", "cifar100"),
        idx("mnist:DIR", "3", "7"),
        idx("fashion-mnist:DIR", "Dress", "Sneaker"),
        pictures("imagenet-1k:DIR", "n00000001", "n00000002", "val"),
        news(),
        pictures("imagefolder:DIR", "cat", "dog", "test"),
        zipped(pictures("imagefolder:DIR/photos.zip", "cat", "dog", "test")),
        named(table("parquet", parquet(ID_SQL))),
        parts(),
        table(
            "csv",
            "text,label,split,id\nred,b,train,x2\nblue,a,train,x1\ngreen,a,test,x3\n"
                .getBytes(UTF_8)),
        table(
            "tsv",
            "text\tlabel\tsplit\tid\nred\tb\ttrain\tx2\nblue\ta\ttrain\tx1\ngreen\ta\ttest\tx3\n"
                .getBytes(UTF_8)),
        table("jsonl", (line("red", "b", "x2") + line("blue", "a", "x1") + last()).getBytes(UTF_8)),
        local(
            "nodes:DIR",
            files(
                "nodes.csv",
                "node,label,split,words\n0,1,train,0 3\n1,0,val,2\n2,1,test,\n",
                "edges.csv",
                "source,target\n0,1\n1,0\n2,1\n"),
            List.of("0", "1", "2"),
            "0",
            "1"));
  }

  private static String line(String text, String label, String id) {
    return "{\"text\":\"%s\",\"label\":\"%s\",\"split\":\"train\",\"id\":\"%s\"}\n"
        .formatted(text, label, id);
  }

  private static String last() {
    return line("green", "a", "x3").replace("train", "test");
  }

  private static Map<String, byte[]> files(String... namesAndTexts) {
    Map<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      files.put(namesAndTexts[i], namesAndTexts[i + 1].getBytes(UTF_8));
    }
    return files;
  }

  private static ReaderSample local(
      String spec, Map<String, byte[]> files, List<String> ids, String... classes) {
    return new ReaderSample(spec, files, DEFAULTS, ids, List.of(classes));
  }

  /** Comes with the build: too large to list, so that only what is checked anyway is checked. */
  private static ReaderSample wordnet() {
    var small = DEFAULTS.withSplitSize(new SplitSize(25, 25));
    return new ReaderSample("wordnet", Map.of(), small, List.of(), List.of());
  }

  private static ReaderSample digits() {
    var small = DEFAULTS.withSplitSize(new SplitSize(10, 10));
    return new ReaderSample("digits", Map.of(), small, List.of(), List.of());
  }

  private static ReaderSample numbered(String name) {
    return local(
        name + ":DIR",
        files(
            "classes.txt",
            "World\nSports\n",
            "train.csv",
            "\"2\",\"Goal\",\"late\"\n\"1\",\"Vote\",\"won\"\n",
            "test.csv",
            "\"1\",\"Talks\",\"over\"\n"),
        SPLIT,
        "World",
        "Sports");
  }

  private static ReaderSample sib(String spec, String folder) {
    return local(
        spec,
        files(
            folder + "train.tsv",
            SIB + "7\ttravel\tGo\n2\tsports\tRun\n",
            folder + "test.tsv",
            SIB + "3\ttravel\tStay\n"),
        List.of("7", "2", "3"),
        "sports",
        "travel");
  }

  private static ReaderSample table(String format, byte[] bytes) {
    String file = "data." + format;
    return local(format + ":DIR/" + file, Map.of(file, bytes), List.of("x2", "x1", "x3"), "a", "b");
  }

  // An id of a Parquet file counts only if it is named.
  private static ReaderSample named(ReaderSample parquet) {
    return new ReaderSample(
        parquet.spec(),
        parquet.files(),
        DEFAULTS.withColumns(Map.of("id", "id")),
        parquet.ids(),
        parquet.classes());
  }

  private static ReaderSample parts() throws IOException, SQLException {
    String select = "SELECT * FROM (VALUES %s) t(text, label)";
    return local(
        "parquet:DIR",
        Map.of(
            "train-0.parquet",
            parquet(select.formatted("('red', 'b'), ('blue', 'a')")),
            "test-0.parquet",
            parquet(select.formatted("('green', 'a')"))),
        SPLIT,
        "a",
        "b");
  }

  private static byte[] parquet(String select) throws IOException, SQLException {
    Path file = Files.createTempFile("sample", ".parquet");
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      statement.execute("COPY (" + select + ") TO '" + file + "' (FORMAT parquet)");
      return Files.readAllBytes(file);
    } finally {
      Files.delete(file);
    }
  }

  private static ReaderSample parquetHub(String name, String path, String resource)
      throws IOException {
    boolean images = name.equals("cifar100");
    return local(
        name,
        Map.of(
            path.formatted("train"),
            Resources.bytes("parquet/" + resource + "-train.parquet"),
            path.formatted("test"),
            Resources.bytes("parquet/" + resource + "-test.parquet")),
        List.of(),
        images ? new String[] {"apple", "ray", "shark"} : new String[] {"DESC", "HUM", "LOC"});
  }

  private static byte[] records(int labels, int... values) {
    var bytes = ByteBuffer.allocate(values.length / labels * (labels + 3072));
    for (int i = 0; i < values.length; i += labels) {
      for (int j = 0; j < labels; j++) {
        bytes.put((byte) values[i + j]);
      }
      byte[] pixels = new byte[3072];
      Arrays.fill(pixels, (byte) i);
      bytes.put(pixels);
    }
    return bytes.array();
  }

  private static ReaderSample cifar10() {
    Map<String, byte[]> files = files("batches.meta.txt", "airplane\nautomobile\n");
    for (int i = 1; i <= 5; i++) {
      files.put("data_batch_" + i + ".bin", records(1, i % 2));
    }
    files.put("test_batch.bin", records(1, 0));
    return local(
        "cifar10:DIR",
        files,
        List.of("train-1", "train-2", "train-3", "train-4", "train-5", "test-1"),
        "airplane",
        "automobile");
  }

  private static ReaderSample archive(ReaderSample unpacked) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(packed))) {
      for (var file : unpacked.files().entrySet()) {
        var entry = new TarArchiveEntry("cifar-10-batches-bin/" + file.getKey());
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    }
    String name = "cifar-10-binary.tar.gz";
    return local(
        "cifar10:DIR/" + name,
        Map.of(name, packed.toByteArray()),
        unpacked.ids(),
        unpacked.classes().toArray(String[]::new));
  }

  private static ReaderSample cifar100() {
    Map<String, byte[]> files =
        files("fine_label_names.txt", "apple\nshark\n", "coarse_label_names.txt", "fish\nfruit\n");
    files.put("train.bin", records(2, 0, 1, 1, 0));
    files.put("test.bin", records(2, 1, 0));
    return local("cifar100:DIR:coarse", files, SPLIT, "fish", "fruit");
  }

  private static byte[] idx(int magic, int[] shape, int... values) {
    var bytes = ByteBuffer.allocate(4 + 4 * shape.length + values.length).putInt(magic);
    Arrays.stream(shape).forEach(bytes::putInt);
    Arrays.stream(values).forEach(v -> bytes.put((byte) v));
    return bytes.array();
  }

  private static ReaderSample idx(String spec, String... classes) {
    Map<String, byte[]> files =
        Map.of(
            "train-images-idx3-ubyte", idx(2051, new int[] {2, 1, 2}, 1, 2, 3, 250),
            "train-labels-idx1-ubyte", idx(2049, new int[] {2}, 7, 3),
            "t10k-images-idx3-ubyte", idx(2051, new int[] {1, 1, 2}, 5, 6),
            "t10k-labels-idx1-ubyte", idx(2049, new int[] {1}, 3));
    return local(spec, files, SPLIT, classes);
  }

  private static ReaderSample pictures(String spec, String one, String other, String test)
      throws IOException {
    List<String> ids =
        List.of(
            "train/" + one + "/2.png", "train/" + other + "/1.png", test + "/" + one + "/3.png");
    Map<String, byte[]> files = new TreeMap<>();
    for (String id : ids) {
      files.put(id, Pictures.png(id.hashCode() & 0xffffff));
    }
    return local(spec, files, ids, one, other);
  }

  private static ReaderSample zipped(ReaderSample unpacked) throws IOException {
    return local(
        unpacked.spec(),
        Map.of("photos.zip", zip(unpacked.files())),
        unpacked.ids(),
        unpacked.classes().toArray(String[]::new));
  }

  /** An archive of files. */
  static byte[] zip(Map<String, byte[]> files) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(packed)) {
      for (var file : files.entrySet()) {
        var entry = new ZipEntry(file.getKey());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    return packed.toByteArray();
  }

  private static ReaderSample news() throws IOException {
    Map<String, byte[]> files =
        files(
            "news/nytimes_train.json",
            "[" + article("i2", "Food") + "," + article("i1", "Art") + "]",
            "news/nytimes_test.json",
            "[" + article("i3", "Art") + "]");
    for (int i = 1; i <= 3; i++) {
      files.put("imgs/i" + i + ".jpg", Pictures.png(i));
    }
    return local("n24news:DIR", files, List.of("i2", "i1", "i3"), "Art", "Food");
  }

  private static String article(String id, String section) {
    return "{\"image_id\":\"%s\",\"section\":\"%s\",\"abstract\":\"about %s\"}"
        .formatted(id, section, id);
  }
}
