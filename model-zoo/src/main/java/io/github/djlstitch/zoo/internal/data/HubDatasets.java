// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.zoo.data.LabelledData;
import io.github.djlstitch.zoo.internal.data.DatasetCard.HubFiles;
import io.github.djlstitch.zoo.internal.hub.RepoId;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Published data sets that a bare name fetches from the Hub, and a name with a path reads from
 * local files.
 */
final class HubDatasets {
  private HubDatasets() {}

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
    if (rest.isEmpty() || ((coarse || fine) && colon < 0)) {
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
    for (Split split : Split.values()) {
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
    if (rest.contains(":") || !Sib200Files.isLanguage(rest)) {
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
    String train = hub.train().replace("LANG", request.rest());
    String test = hub.test().replace("LANG", request.rest());
    var repository = new RepoId(RepoId.Kind.DATASET, hub.repository(), hub.revision());
    Path folder =
        request.hub().get().snapshot(repository, List.of(train, test), List.of()).folder();
    return new Files(folder.resolve(train), folder.resolve(test));
  }

  private static List<String> leftOut(DatasetRequest request, int blank) {
    return blank == 0
        ? List.of()
        : List.of("data set '" + request.spec() + "': left out " + blank + " empty texts");
  }
}
