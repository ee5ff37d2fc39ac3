// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.zoo.data.LabelledData;
import io.github.djlstitch.zoo.internal.data.DatasetCard.HubFiles;
import io.github.djlstitch.zoo.internal.data.Datasets.Published;
import io.github.djlstitch.zoo.internal.hub.RepoId;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Published data sets that a bare name fetches from the Hub, and a name with a path reads from
 * local files.
 */
final class HubDatasets {
  private HubDatasets() {}

  /** The files that a name with such a rest fetches; empty if it names local files. */
  static Optional<Published> published(DatasetCard card, String rest) {
    return card.hub()
        .filter(hub -> isDownloaded(card, rest))
        .map(hub -> new Published(repository(hub), files(hub, rest), card.train()));
  }

  private static boolean isDownloaded(DatasetCard card, String rest) {
    if (card.equals(DatasetCard.SIB200)) {
      return !rest.contains(":") && Sib200Files.isLanguage(rest);
    }
    boolean labels = card.equals(DatasetCard.CIFAR100) && Set.of("coarse", "fine").contains(rest);
    return rest.isEmpty() || labels;
  }

  private static RepoId repository(HubFiles hub) {
    return new RepoId(RepoId.Kind.DATASET, hub.repository(), hub.revision());
  }

  /** Paths of the train and the test file. */
  private static List<String> files(HubFiles hub, String language) {
    return Stream.of(hub.train(), hub.test()).map(f -> f.replace("LANG", language)).toList();
  }

  /** {@code trec} or {@code trec:DIR}; the same for the others whose Hub files are Parquet. */
  static LabelledData parquet(DatasetRequest request, DatasetCard card) {
    HubFiles hub = card.hub().orElseThrow();
    UnaryOperator<String> clean =
        card.equals(DatasetCard.DBPEDIA) ? ClassTexts::unquoted : UnaryOperator.identity();
    return parquet(request, hub, hub.columns(), clean);
  }

  /** {@code cifar100}, {@code cifar100:coarse}, or {@code cifar100:DIR[:coarse|fine]}. */
  static LabelledData cifar100(DatasetRequest request) {
    String rest = request.rest();
    boolean coarse = rest.equals("coarse") || rest.endsWith(":coarse");
    boolean fine = rest.equals("fine") || rest.endsWith(":fine");
    int colon = rest.lastIndexOf(':');
    if (isDownloaded(DatasetCard.CIFAR100, rest)) {
      HubFiles hub = DatasetCard.CIFAR100.hub().orElseThrow();
      Map<String, String> columns = new HashMap<>(hub.columns());
      columns.put("label", coarse ? "coarse_label" : "fine_label");
      return parquet(request, hub, columns, UnaryOperator.identity());
    }
    Path path = DatasetRequest.path(coarse || fine ? rest.substring(0, colon) : rest);
    return request.images(CifarFiles.cifar100(path, !coarse));
  }

  /** {@code 20news}: its Hub files are JSON lines, some with an empty text. */
  static LabelledData newsgroups(DatasetRequest request) {
    HubFiles hub = DatasetCard.NEWSGROUPS.hub().orElseThrow();
    var rows = new LabelledRows<String>();
    int[] blank = new int[1];
    Files files = fetch(request, hub);
    for (Split split : Split.USED) {
      JsonLines.forEach(
          files.of(split),
          ColumnNames.of(hub.columns()),
          row -> {
            if (row.input().isBlank()) {
              blank[0]++;
            } else {
              String id = split.folder() + "-" + row.at().row();
              rows.add(new Row<>(row.at(), id, row.input(), row.label(), split));
            }
          });
    }
    return request.texts(rows).withNotes(leftOut(request, blank[0]));
  }

  /** {@code sib200:LANG} or {@code sib200:DIR:LANG}. */
  static LabelledData sib200(DatasetRequest request) {
    String rest = request.rest();
    if (!isDownloaded(DatasetCard.SIB200, rest)) {
      return request.texts(Sib200Files.read(rest));
    }
    HubFiles hub = DatasetCard.SIB200.hub().orElseThrow();
    Files files = fetch(request, hub);
    return request.texts(Sib200Files.read(files.train(), files.test()));
  }

  private static LabelledData parquet(
      DatasetRequest request,
      HubFiles hub,
      Map<String, String> columns,
      UnaryOperator<String> clean) {
    Files files = fetch(request, hub);
    Map<Part, List<Path>> parts =
        Map.of(
            Part.TRAIN, List.of(files.train()),
            Part.TEST, List.of(files.test()));
    var reader = new ParquetFiles(columns, hub.classNames(), clean);
    return reader.open(request, parts);
  }

  /** Both files of a data set. */
  private record Files(Path train, Path test) {
    Path of(Split split) {
      return split == Split.TRAIN ? train : test;
    }
  }

  /** Both files, of one commit. */
  private static Files fetch(DatasetRequest request, HubFiles hub) {
    List<String> files = files(hub, request.rest());
    Path folder = request.hub().get().snapshot(repository(hub), files, List.of()).folder();
    return new Files(folder.resolve(files.get(0)), folder.resolve(files.get(1)));
  }

  private static List<String> leftOut(DatasetRequest request, int blank) {
    return blank == 0
        ? List.of()
        : List.of("data set '" + request.spec() + "': left out " + blank + " empty texts");
  }
}
