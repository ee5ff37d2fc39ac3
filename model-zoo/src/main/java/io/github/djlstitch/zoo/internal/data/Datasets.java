// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.name.NearestName;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.LabelledData;
import io.github.djlstitch.zoo.internal.hub.Hub;
import io.github.djlstitch.zoo.internal.text.Excerpt;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Text and image data sets by name or by path.
 *
 * <p>By name alone, from the Hugging Face Hub (see {@link DatasetCard}): {@code trec}, {@code
 * ag-news}, {@code dbpedia}, {@code 20news}, {@code sib200:LANG}, {@code cifar10}, {@code cifar100}
 * (or {@code cifar100:coarse}), {@code mnist}, {@code fashion-mnist}. By name alone, from the class
 * path: {@code wordnet}, noun supersense from the gloss, 25 classes.
 *
 * <p>The same and more from local files:
 *
 * <ul>
 *   <li>{@code trec:DIR}: 6 question classes, from {@code train_5500.label} and {@code
 *       TREC_10.label}
 *   <li>{@code sib200:DIR:LANG}: 7 topics, from {@code DIR/LANG/train.tsv} and {@code test.tsv}
 *   <li>{@code ag-news:DIR}, {@code dbpedia:DIR}: {@code train.csv}, {@code test.csv}, {@code
 *       classes.txt}
 *   <li>{@code 20news:DIR}: {@code 20news-bydate-train/CLASS/FILE} and {@code -test}
 *   <li>{@code cifar10:DIR}, {@code cifar100:DIR[:coarse|fine]}: the binary version, unpacked or
 *       its {@code .tar.gz}; {@code mnist:DIR}, {@code fashion-mnist:DIR}: the four idx files
 *   <li>{@code imagenet-1k:DIR}: {@code train} and {@code val} with a folder for each WordNet id
 *   <li>{@code n24news:DIR}: images with texts; {@code --columns text=...} chooses {@code
 *       headline}, {@code caption}, {@code abstract} or {@code body}
 *   <li>{@code imagefolder:DIR|ZIP}: a folder for each class, also below {@code train}, {@code
 *       test} and {@code val}
 *   <li>{@code csv:FILE}, {@code tsv:FILE}, {@code jsonl:FILE}: columns {@code text} and {@code
 *       label}, optionally {@code split} ({@code train} or {@code test}) and {@code id}
 *   <li>{@code parquet:FILE|DIR}: the same, or an {@code image} column, or both
 * </ul>
 *
 * <p>Text files are read as a stream: at most 2 GiB a file and 8 MiB a line or field. An image file
 * has at most 64 MiB and is decoded when it is encoded.
 */
public final class Datasets {
  private static final List<String> TABLES = List.of("csv", "tsv", "jsonl", "parquet");
  private static final List<String> NAMES =
      DatasetForm.ALL.stream().map(DatasetForm::name).toList();
  private static final String FORMS =
      DatasetForm.ALL.stream()
          .flatMap(form -> form.shapes().stream())
          .collect(Collectors.joining(", "));

  private Datasets() {}

  /** The forms that {@link #open} takes, in one line. */
  public static String forms() {
    return FORMS;
  }

  /** As {@link #open(String, DatasetOptions, Supplier)}, from local files only. */
  public static LabelledData open(String spec, DatasetOptions options) {
    return open(
        spec,
        options,
        () -> {
          throw StitchException.unavailable(
              "data set %s is published on the Hub, which is not connected; name local files",
              Excerpt.of(spec));
        });
  }

  /**
   * Reads, checks and splits a data set. The same files and options give the same data set.
   *
   * @param spec one of the forms above; becomes the name of the data set
   * @param hub asked only for a published data set that is named without a path
   * @throws StitchException (usage) if the form, the language or the options do not fit; (bad
   *     input) if a file is missing or a row is invalid; (unavailable) if WordNet is not on the
   *     class path or a published file cannot be downloaded
   */
  public static LabelledData open(String spec, DatasetOptions options, Supplier<Hub> hub) {
    int colon = spec.indexOf(':');
    String name = colon < 0 ? spec : spec.substring(0, colon);
    var request =
        new DatasetRequest(spec, colon < 0 ? "" : spec.substring(colon + 1), options, hub);
    DatasetForm form =
        DatasetForm.ALL.stream()
            .filter(f -> f.name().equals(name))
            .findFirst()
            .orElseThrow(() -> unknown(spec, name));
    form.check(request);
    return form.reader().apply(request);
  }

  /**
   * Returns true if a data set of that name is known but needs a path, as it cannot be downloaded.
   */
  public static boolean needsPath(String name) {
    return DatasetForm.ALL.stream().anyMatch(form -> form.name().equals(name) && form.needsPath());
  }

  private static StitchException unknown(String spec, String name) {
    return StitchException.usage(
        "data set %s is unknown%s; known: %s", Excerpt.of(spec), hint(spec, name), FORMS);
  }

  private static String hint(String spec, String name) {
    for (String format : TABLES) {
      if (spec.endsWith("." + format)) {
        return Excerpt.didYouMean(Optional.of(format + ":" + spec));
      }
    }
    return Excerpt.didYouMean(NearestName.of(name, NAMES));
  }
}
