// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.zoo.data.LabelledData;
import io.github.djlstitch.zoo.internal.data.DatasetCard.Modality;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The registry of data formats. A new one is one entry here: the command line's help, {@code zoo
 * list}, the hints and the messages are made from it.
 */
final class DataFormats {
  private static final Set<String> TABLE = Set.of("text", "label", "split", "id");

  private static final Optional<Modality> TEXTS = Optional.of(Modality.TEXT);

  private static final Set<String> LINES = Set.of(DataFormat.ENCODING, DataFormat.SKIP_BAD);

  /** All of them, in the order in which help shows them. */
  static final List<DataFormat> ALL =
      List.of(
          published(
              DatasetCard.WORDNET,
              "wordnet",
              "noun classes from glosses, with the build",
              r -> r.texts(WordNetGlosses.read(r.options()))),
          published(
              DatasetCard.DIGITS,
              "digits",
              "handwritten digits of 8 x 8 pixels, with the build",
              r -> r.images(DigitsFile.read())),
          published(
              DatasetCard.TREC,
              "train_5500.label and TREC_10.label",
              r -> r.texts(TrecFiles.read(r.path()))),
          published(
              DatasetCard.AG_NEWS,
              "train.csv, test.csv and classes.txt",
              r -> r.texts(ClassTexts.agNews(r.path()))),
          published(
              DatasetCard.DBPEDIA,
              "train.csv, test.csv and classes.txt",
              r -> r.texts(ClassTexts.dbpedia(r.path()))),
          published(
              DatasetCard.NEWSGROUPS,
              "20news 20news:DIR",
              "20news-bydate-train/CLASS/FILE, and -test",
              DataFormats::newsgroups),
          published(
              DatasetCard.SIB200,
              "sib200:LANG sib200:DIR:LANG",
              "LANG/train.tsv and LANG/test.tsv",
              HubDatasets::sib200),
          published(
              DatasetCard.CIFAR10,
              "binary version, unpacked or .tar.gz",
              r -> r.images(CifarFiles.cifar10(r.path()))),
          published(
              DatasetCard.CIFAR100,
              "cifar100 cifar100:coarse|fine cifar100:DIR[:coarse|fine]",
              "binary version, unpacked or .tar.gz",
              HubDatasets::cifar100),
          published(
              DatasetCard.MNIST,
              "the four idx files",
              r -> r.images(IdxFiles.read(r.path(), IdxFiles.DIGITS))),
          published(
              DatasetCard.FASHION_MNIST,
              "the four idx files",
              r -> r.images(IdxFiles.read(r.path(), IdxFiles.FASHION))),
          published(
              DatasetCard.IMAGENET,
              "imagenet-1k:DIR",
              "train and val, a folder for each WordNet id",
              ImageFolder::openImageNet),
          new DataFormat(
              "n24news",
              List.of("n24news:DIR"),
              "news/nytimes_train.json, _test.json, imgs/ID.jpg",
              Optional.empty(),
              Set.of(),
              Set.of("text", "label", "id"),
              Optional.of(Modality.IMAGE_AND_TEXT),
              Optional.of(DatasetCard.N24NEWS),
              N24NewsFiles::open),
          own(
                  "imagefolder",
                  "DIR|ZIP",
                  "a folder of images for each class",
                  "zip",
                  Set.of(),
                  Set.of(),
                  Optional.of(Modality.IMAGE))
              .apply(ImageFolder::open),
          own(
                  "parquet",
                  "FILE|DIR",
                  "columns text or image (or both), label",
                  "parquet",
                  Set.of(),
                  Set.of("text", "image", "label", "split", "id"),
                  Optional.empty())
              .apply(ParquetFiles::open),
          own(
                  "csv",
                  "FILE",
                  "columns text, label, maybe split, id",
                  "csv",
                  Set.of(DataFormat.SEPARATOR, DataFormat.ENCODING, DataFormat.SKIP_BAD),
                  TABLE,
                  TEXTS)
              .apply(r -> r.own(DelimitedTable.readCsv(r.path(), style(r, ','), bad(r)))),
          own("tsv", "FILE", "the same columns, apart by tabs", "tsv", LINES, TABLE, TEXTS)
              .apply(r -> r.own(DelimitedTable.readTsv(r.path(), style(r, '\t'), bad(r)))),
          own("jsonl", "FILE", "an object with these keys a line", "jsonl", LINES, TABLE, TEXTS)
              .apply(r -> r.own(JsonLines.read(r.path(), style(r, ','), bad(r)))));

  private DataFormats() {}

  /** A bare name from the Hub, as Parquet, and a name with a folder from the published files. */
  private static DataFormat published(
      DatasetCard card, String files, Function<DatasetRequest, LabelledData> local) {
    return published(
        card,
        card.name() + " " + card.name() + ":DIR",
        files,
        r -> r.rest().isEmpty() ? HubDatasets.parquet(r, card) : local.apply(r));
  }

  private static DataFormat published(
      DatasetCard card,
      String shapes,
      String files,
      Function<DatasetRequest, LabelledData> reader) {
    return new DataFormat(
        card.name(),
        List.of(shapes.split(" ")),
        files,
        Optional.empty(),
        Set.of(),
        Set.of(),
        Optional.of(card.modality()),
        Optional.of(card),
        reader);
  }

  /** A kind of files that users make themselves; the reader is given last. */
  private static Function<Function<DatasetRequest, LabelledData>, DataFormat> own(
      String name,
      String place,
      String files,
      String extension,
      Set<String> settings,
      Set<String> columns,
      Optional<Modality> holds) {
    return reader ->
        new DataFormat(
            name,
            List.of(name + ":" + place),
            files,
            Optional.of(extension),
            settings,
            columns,
            holds,
            Optional.empty(),
            reader);
  }

  private static LabelledData newsgroups(DatasetRequest request) {
    return request.rest().isEmpty()
        ? HubDatasets.newsgroups(request)
        : request.texts(ClassTexts.newsgroups(request.path()));
  }

  private static TableStyle style(DatasetRequest request, char separator) {
    return TableStyle.of(request.options(), separator);
  }

  private static BadRows bad(DatasetRequest request) {
    return BadRows.of(request.options());
  }
}
