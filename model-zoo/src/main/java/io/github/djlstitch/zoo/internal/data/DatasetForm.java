// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.zoo.data.LabelledData;
import io.github.djlstitch.zoo.internal.text.Excerpt;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A way to name a data set.
 *
 * @param name name before the first colon
 * @param shapes all that can be written, for example {@code trec} and {@code trec:DIR}
 * @param columns keys of {@code --columns} that it takes
 * @param reader reads and splits it
 */
record DatasetForm(
    String name,
    List<String> shapes,
    Set<String> columns,
    Function<DatasetRequest, LabelledData> reader) {
  private static final Set<String> TABLE = Set.of("text", "label", "split", "id");

  /** All of them, in the order in which help shows them. */
  static final List<DatasetForm> ALL =
      List.of(
          of("wordnet", "wordnet", r -> r.texts(WordNetGlosses.read(r.options()))),
          published(DatasetCard.TREC, r -> r.texts(TrecFiles.read(r.path()))),
          of("sib200", "sib200:LANG sib200:DIR:LANG", HubDatasets::sib200),
          published(DatasetCard.AG_NEWS, r -> r.texts(ClassTexts.agNews(r.path()))),
          published(DatasetCard.DBPEDIA, r -> r.texts(ClassTexts.dbpedia(r.path()))),
          of("20news", "20news 20news:DIR", DatasetForm::newsgroups),
          published(DatasetCard.CIFAR10, r -> r.images(CifarFiles.cifar10(r.path()))),
          of(
              "cifar100",
              "cifar100 cifar100:coarse|fine cifar100:DIR[:coarse|fine]",
              HubDatasets::cifar100),
          published(DatasetCard.MNIST, r -> r.images(IdxFiles.read(r.path(), IdxFiles.DIGITS))),
          published(
              DatasetCard.FASHION_MNIST, r -> r.images(IdxFiles.read(r.path(), IdxFiles.FASHION))),
          of("imagenet-1k", "imagenet-1k:DIR", ImageFolder::openImageNet),
          new DatasetForm(
              "n24news", List.of("n24news:DIR"), Set.of("text", "label", "id"), N24NewsFiles::open),
          of("imagefolder", "imagefolder:DIR|ZIP", ImageFolder::open),
          new DatasetForm(
              "parquet",
              List.of("parquet:FILE|DIR"),
              Set.of("text", "image", "label", "split", "id"),
              ParquetFiles::open),
          table("csv", r -> DelimitedTable.readCsv(r.path(), names(r))),
          table("tsv", r -> DelimitedTable.readTsv(r.path(), names(r))),
          table("jsonl", r -> JsonLines.read(r.path(), names(r))));

  private static DatasetForm of(
      String name, String shapes, Function<DatasetRequest, LabelledData> reader) {
    return new DatasetForm(name, List.of(shapes.split(" ")), Set.of(), reader);
  }

  /** A bare name from the Hub, as Parquet, and a name with a folder from the published files. */
  private static DatasetForm published(
      DatasetCard card, Function<DatasetRequest, LabelledData> local) {
    return of(
        card.name(),
        card.name() + " " + card.name() + ":DIR",
        r -> r.rest().isEmpty() ? HubDatasets.parquet(r, card) : local.apply(r));
  }

  private static LabelledData newsgroups(DatasetRequest request) {
    return request.rest().isEmpty()
        ? HubDatasets.newsgroups(request)
        : request.texts(ClassTexts.newsgroups(request.path()));
  }

  private static DatasetForm table(
      String name, Function<DatasetRequest, LabelledRows<String>> rows) {
    return new DatasetForm(
        name, List.of(name + ":FILE"), TABLE, request -> request.texts(rows.apply(request)));
  }

  private static ColumnNames names(DatasetRequest request) {
    return ColumnNames.of(request.options().columns());
  }

  /** Refuses an invalid request before any file is opened. */
  boolean needsPath() {
    return !shapes.contains(name);
  }

  void check(DatasetRequest request) {
    boolean bare = request.spec().equals(name);
    boolean mayBeBare = !needsPath();
    boolean mayHaveRest = shapes.size() > 1 || !mayBeBare;
    if (bare ? !mayBeBare : !mayHaveRest || request.rest().isEmpty()) {
      throw StitchException.usage(
          "data set %s does not have one of the forms %s",
          Excerpt.of(request.spec()), String.join(", ", shapes));
    }
    for (String key : request.options().columns().keySet()) {
      if (!columns.contains(key)) {
        throw refusedColumn(key, request.spec());
      }
    }
  }

  private StitchException refusedColumn(String key, String spec) {
    if (columns.isEmpty()) {
      return StitchException.usage(
          "columns can be named for csv, tsv and jsonl files, parquet and n24news only, "
              + "not for data set %s; drop them",
          Excerpt.of(spec));
    }
    return StitchException.usage(
        "data set %s has no column key '%s'; its keys: %s",
        Excerpt.of(spec), key, String.join(", ", columns.stream().sorted().toList()));
  }
}
