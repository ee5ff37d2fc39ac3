// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.zoo.ModelZoo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The data sets of a command and the encoders of its selections, which decide each other: without
 * {@code --dataset} it is the one that the named encoders read, and {@code all} and globs mean
 * encoders that read it.
 *
 * @param dataset what the encoders read
 * @param decoderDataset what the heads are trained on
 * @param encoders what is plugged in
 * @param decoders encoders whose heads are plugged into
 */
public record SelectedNames(
    String dataset, String decoderDataset, List<String> encoders, List<String> decoders) {

  /** Of a command that has encoders only. */
  public static SelectedNames of(ModelZoo zoo, DataOptions data, String encoders, Console console) {
    NameSelection all = NameSelection.of(zoo);
    String dataset = data.of(zoo, all.certain(zoo, encoders, ""), console);
    List<String> names = all.reading(zoo, dataset).encoders(encoders);
    return new SelectedNames(dataset, dataset, names, List.of());
  }

  /** Of encoders and decoders, whose heads may be trained on a parallel data set. */
  public static SelectedNames of(
      ModelZoo zoo,
      DataOptions data,
      String encoders,
      String decoders,
      Optional<String> decoderDataset,
      Console console) {
    NameSelection all = NameSelection.of(zoo);
    List<String> certain = new ArrayList<>(all.certain(zoo, encoders, ""));
    List<String> heads = all.certain(zoo, decoders, NameSelection.HEAD);
    if (decoderDataset.isEmpty()) {
      certain.addAll(heads);
    }
    String dataset = data.of(zoo, certain, console);
    String other = decoderDataset.orElse(dataset);
    return new SelectedNames(
        dataset,
        other,
        all.reading(zoo, dataset).encoders(encoders),
        all.reading(zoo, other).decoders(decoders));
  }
}
