// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.stitch.StitchDefaults;
import io.github.djlstitch.core.stitch.StitchRunner.AnchorChoice;
import io.github.djlstitch.encoders.internal.checkpoint.Modality;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.LabelledData;
import io.github.djlstitch.zoo.data.SplitSize;
import io.github.djlstitch.zoo.internal.data.DatasetCard;
import io.github.djlstitch.zoo.internal.data.Datasets;
import io.github.djlstitch.zoo.internal.data.Datasets.Published;
import io.github.djlstitch.zoo.internal.hub.Hub;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds out, before anything large is downloaded, which data set serves and what cannot go well,
 * and says what will be downloaded: of an encoder at most its configuration is fetched.
 * Thread-safe.
 */
public final class Preparation {
  private final ZooOptions options;
  private final Hub hub;
  private final EncoderEntries entries;

  Preparation(ZooOptions options, Hub hub, EncoderEntries entries) {
    this.options = options;
    this.hub = hub;
    this.entries = entries;
  }

  /** Encoders that will read data sets. */
  record Need(List<String> encoders, List<String> datasets) {
    Need {
      encoders = List.copyOf(encoders);
      datasets = List.copyOf(datasets);
    }
  }

  /**
   * The data set of encoders for which none is named: {@code wordnet} for those of texts; {@code
   * digits} if one of them was trained on it; {@code cifar100:coarse} for others of images.
   *
   * @throws StitchException (usage) if no one data set serves them all
   */
  public String defaultDataset(List<String> encoders) {
    if (encoders.stream().allMatch(name -> entries.reads(name).readsTexts())) {
      return StitchDefaults.TEXTS;
    }
    for (String name : encoders) {
      if (!entries.reads(name).readsImages()) {
        throw StitchException.usage(
            "'%s' reads texts and others of %s read images; samples that are pairs serve both:"
                + " give such a data set, for example n24news:DIR",
            name, String.join(", ", encoders));
      }
    }
    boolean digits = encoders.stream().anyMatch(EmbeddedCheckpoint::isNamed);
    return digits ? StitchDefaults.DIGITS : StitchDefaults.IMAGES;
  }

  /**
   * Checks that encoders read a data set, that there are enough samples for anchors, and offline
   * that all is kept; tells the zoo's {@link ZooOptions#progress()} the bytes that will be
   * downloaded.
   *
   * @param from the data set that anchors are chosen from, if another one
   * @param anchors the ways in which they will be chosen; may be empty
   * @throws StitchException (usage) if they do not go together; (bad input) for too few samples;
   *     (unavailable) if something is missing
   */
  public void check(
      List<String> encoders,
      String dataset,
      Optional<String> from,
      DatasetOptions reading,
      List<AnchorChoice> anchors) {
    List<String> all = Stream.concat(Stream.of(dataset), from.stream()).toList();
    check(List.of(new Need(encoders, all)), reading, anchors, from.orElse(dataset));
  }

  /**
   * The same for several data sets.
   *
   * @param anchors the ways in which they will be chosen
   * @param candidates the data set they are chosen from
   */
  void check(
      List<Need> needs, DatasetOptions reading, List<AnchorChoice> anchors, String candidates) {
    for (Need need : needs) {
      for (String dataset : need.datasets()) {
        Datasets.check(dataset, reading);
        Datasets.holds(dataset)
            .ifPresent(holds -> need.encoders().forEach(e -> requireReads(e, dataset, holds)));
      }
    }
    Datasets.published(candidates)
        .map(files -> samples(files, reading))
        .ifPresent(most -> anchors.forEach(choice -> choice.requireEnough(most)));
    requireKept(needs);
    say(needs);
  }

  /**
   * Checks, before anything is encoded, that a data set that is open has the anchors.
   *
   * @param candidates the data set whose train samples they are
   * @throws StitchException (bad input) if there are fewer train samples than are chosen, or a
   *     listed one is not among them
   */
  public void requireAnchors(LabelledData candidates, AnchorChoice choice) {
    choice.requireEnough(candidates.dataset().train().size());
    choice.listed().ifPresent(anchors -> AnchorSamples.require(candidates, anchors));
  }

  /** Checks the encoders against the samples of a data set that is open. */
  void requireReads(List<String> encoders, LabelledData data) {
    var alone = data.texts().isEmpty() ? DatasetCard.Modality.IMAGE : DatasetCard.Modality.TEXT;
    boolean pairs = data.texts().isPresent() && data.images().isPresent();
    var holds = pairs ? DatasetCard.Modality.IMAGE_AND_TEXT : alone;
    encoders.forEach(name -> requireReads(name, data.name(), holds));
  }

  /** Checks that an encoder reads texts. */
  void requireTexts(String encoder, String where) {
    requireReads(encoder, where, DatasetCard.Modality.TEXT);
  }

  private void requireReads(String encoder, String dataset, DatasetCard.Modality holds) {
    Modality reads = entries.reads(encoder);
    if (!fits(reads, holds)) {
      boolean images = reads.readsImages();
      throw StitchException.usage(
          "encoder '%s' reads %s but '%s' has %s; give a data set of %s, for example %s",
          encoder,
          reads.plural(),
          dataset,
          holds.plural(),
          reads.plural(),
          images
              ? StitchDefaults.DIGITS + " or imagefolder:DIR"
              : StitchDefaults.TEXTS + " or csv:FILE");
    }
  }

  /** Returns false if names tell that the encoder does not read the data set. */
  public boolean mayRead(String encoder, String dataset) {
    return Datasets.holds(dataset).map(holds -> fits(entries.reads(encoder), holds)).orElse(true);
  }

  private static boolean fits(Modality reads, DatasetCard.Modality holds) {
    return (reads.readsTexts() && holds.hasTexts()) || (reads.readsImages() && holds.hasImages());
  }

  private static int samples(Published files, DatasetOptions reading) {
    return reading
        .splitSize()
        .map(SplitSize::train)
        .map(most -> Math.min(most, files.train()))
        .orElse(files.train());
  }

  // Offline, whatever is missing is named before the first encoding.
  private void requireKept(List<Need> needs) {
    if (options.hub().offline()) {
      encoders(needs).forEach(entries::find);
      for (String dataset : datasets(needs)) {
        Datasets.published(dataset)
            .ifPresent(files -> hub.snapshot(files.repo(), files.files(), List.of()));
      }
    }
  }

  /** Says what will be downloaded of encoders, if anything. */
  void announce(List<String> encoders) {
    say(List.of(new Need(encoders, List.of())));
  }

  private void say(List<Need> needs) {
    if (options.hub().offline()) {
      return;
    }
    List<String> items = new ArrayList<>();
    long total = 0;
    for (String encoder : encoders(needs)) {
      OptionalLong bytes =
          EncoderEntries.published(encoder)
              .map(repo -> HubModels.missingBytes(hub, repo))
              .orElse(OptionalLong.of(0));
      total += add(items, encoder, bytes);
    }
    for (String dataset : datasets(needs)) {
      OptionalLong bytes =
          Datasets.published(dataset)
              .map(files -> hub.missingBytes(files.repo(), files.files()))
              .orElse(OptionalLong.of(0));
      total += add(items, dataset, bytes);
    }
    if (!items.isEmpty()) {
      options
          .progress()
          .say(
              String.format(
                  Locale.ROOT, "to download: %,d bytes (%s)", total, String.join(", ", items)));
    }
  }

  private static long add(List<String> items, String name, OptionalLong bytes) {
    if (bytes.isEmpty()) {
      items.add(name + " (size unknown: the Hub does not answer)");
    } else if (bytes.getAsLong() > 0) {
      items.add(String.format(Locale.ROOT, "%s %,d", name, bytes.getAsLong()));
    }
    return bytes.orElse(0);
  }

  private static Set<String> encoders(List<Need> needs) {
    Set<String> names = new LinkedHashSet<>();
    needs.forEach(need -> names.addAll(need.encoders()));
    return names;
  }

  private static Set<String> datasets(List<Need> needs) {
    Set<String> names = new LinkedHashSet<>();
    needs.forEach(need -> names.addAll(need.datasets()));
    return names;
  }
}
