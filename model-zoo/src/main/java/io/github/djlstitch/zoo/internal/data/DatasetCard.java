// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A published data set: its samples, classes, sizes and files. Immutable.
 *
 * @param name name before the first colon of a spec
 * @param modality kind of its samples
 * @param hub source of {@code name} without a path; empty if its files must be local
 * @param licence as the publisher states it; {@code unstated} if nothing is stated
 * @param classes number of classes; the finer one where there are two
 * @param train published train samples
 * @param test published test samples
 */
public record DatasetCard(
    String name,
    Modality modality,
    Optional<HubFiles> hub,
    String licence,
    int classes,
    int train,
    int test) {
  private static final String UNSTATED = "unstated";

  /** The kinds of samples. */
  public enum Modality {
    /** A text. */
    TEXT("texts"),
    /** An image. */
    IMAGE("images"),
    /** An image with a text. */
    IMAGE_AND_TEXT("both");

    private final String plural;

    Modality(String plural) {
      this.plural = plural;
    }

    /** Returns true if a sample is or has a text. */
    public boolean hasTexts() {
      return this != IMAGE;
    }

    /** Returns true if a sample is or has an image. */
    public boolean hasImages() {
      return this != TEXT;
    }

    /** Its samples in a word, for tables. */
    public String plural() {
      return plural;
    }
  }

  /**
   * Files of a repository on the Hugging Face Hub. The revisions that are commits, and the paths at
   * them, were found the same in public code that pins them. Not verified, as no such code was
   * found: the paths of {@code trec} on the branch of converted files; that {@code 20news} and
   * {@code sib200} on {@code main} still are what they were.
   *
   * @param repository {@code owner/name}
   * @param revision a commit, or a branch, which can change
   * @param train train file; {@code LANG} stands for the language that the user names
   * @param test test file, likewise
   * @param columns which columns hold text, image and label
   * @param classNames names of the class numbers, used only where the file does not name them
   */
  public record HubFiles(
      String repository,
      String revision,
      String train,
      String test,
      Map<String, String> columns,
      List<String> classNames) {
    /** Copies the collections. */
    public HubFiles {
      columns = Map.copyOf(columns);
      classNames = List.copyOf(classNames);
    }
  }

  static final DatasetCard WORDNET = local("wordnet", Modality.TEXT, "WordNet", 25, 2434, 608);

  static final DatasetCard DIGITS = local("digits", Modality.IMAGE, "CC-BY-4.0", 10, 1438, 359);

  static final DatasetCard TREC =
      text(
          "trec",
          files(
              "CogComp/trec",
              "refs/convert/parquet",
              "default/%s/0000.parquet",
              Map.of("text", "text", "label", "coarse_label"),
              List.of("ABBR", "ENTY", "DESC", "HUM", "LOC", "NUM")),
          UNSTATED,
          6,
          5452,
          500);

  static final DatasetCard AG_NEWS =
      text(
          "ag-news",
          files(
              "fancyzhx/ag_news",
              "eb185aade064a813bc0b7f42de02595523103ca4",
              "data/%s-00000-of-00001.parquet",
              Map.of("text", "text", "label", "label"),
              List.of("World", "Sports", "Business", "Sci/Tech")),
          UNSTATED,
          4,
          120_000,
          7600);

  static final DatasetCard DBPEDIA =
      text(
          "dbpedia",
          files(
              "fancyzhx/dbpedia_14",
              "9abd46cf7fc8b4c64290f26993c540b92aa145ac",
              "dbpedia_14/%s-00000-of-00001.parquet",
              Map.of("text", "content", "label", "label"),
              List.of()),
          "CC-BY-SA-3.0",
          14,
          560_000,
          70_000);

  static final DatasetCard NEWSGROUPS =
      text(
          "20news",
          files(
              "SetFit/20_newsgroups",
              "main",
              "%s.jsonl",
              Map.of("text", "text", "label", "label_text"),
              List.of()),
          UNSTATED,
          20,
          11_314,
          7532);

  static final DatasetCard SIB200 =
      text(
          "sib200",
          files(
              "Davlan/sib200",
              "main",
              "data/LANG/%s.tsv",
              Map.of("text", "text", "label", "category", "id", "index_id"),
              List.of()),
          "CC-BY-SA-4.0",
          7,
          701,
          204);

  static final DatasetCard CIFAR10 =
      image(
          "cifar10",
          files(
              "uoft-cs/cifar10",
              "0b2714987fa478483af9968de7c934580d0bb9a2",
              "plain_text/%s-00000-of-00001.parquet",
              Map.of("image", "img", "label", "label"),
              List.of()),
          UNSTATED,
          10,
          50_000);

  static final DatasetCard CIFAR100 =
      image(
          "cifar100",
          files(
              "uoft-cs/cifar100",
              "aadb3af77e9048adbea6b47c21a81e47dd092ae5",
              "cifar100/%s-00000-of-00001.parquet",
              Map.of("image", "img", "label", "fine_label"),
              List.of()),
          UNSTATED,
          100,
          50_000);

  static final DatasetCard MNIST =
      image(
          "mnist",
          files(
              "ylecun/mnist",
              "77f3279092a1c1579b2250db8eafed0ad422088c",
              "mnist/%s-00000-of-00001.parquet",
              Map.of("image", "image", "label", "label"),
              IdxFiles.DIGITS),
          "MIT",
          10,
          60_000);

  static final DatasetCard FASHION_MNIST =
      image(
          "fashion-mnist",
          files(
              "zalando-datasets/fashion_mnist",
              "531be5e2ccc9dba0c201ad3ae567a4f3d16ecdd2",
              "fashion_mnist/%s-00000-of-00001.parquet",
              Map.of("image", "image", "label", "label"),
              IdxFiles.FASHION),
          "MIT",
          10,
          60_000);

  static final DatasetCard IMAGENET =
      local("imagenet-1k", Modality.IMAGE, "research only", 1000, 1_281_167, 50_000);

  static final DatasetCard N24NEWS =
      local("n24news", Modality.IMAGE_AND_TEXT, UNSTATED, 24, 48_988, 6_123);

  private static HubFiles files(
      String repository,
      String revision,
      String path,
      Map<String, String> columns,
      List<String> classNames) {
    return new HubFiles(
        repository,
        revision,
        path.replace("%s", "train"),
        path.replace("%s", "test"),
        columns,
        classNames);
  }

  private static DatasetCard text(
      String name, HubFiles hub, String licence, int classes, int train, int test) {
    return new DatasetCard(name, Modality.TEXT, Optional.of(hub), licence, classes, train, test);
  }

  private static DatasetCard image(
      String name, HubFiles hub, String licence, int classes, int train) {
    return new DatasetCard(name, Modality.IMAGE, Optional.of(hub), licence, classes, train, 10_000);
  }

  private static DatasetCard local(
      String name, Modality modality, String licence, int classes, int train, int test) {
    return new DatasetCard(name, modality, Optional.empty(), licence, classes, train, test);
  }
}
