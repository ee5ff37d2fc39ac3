// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.core.internal.engine.LoadedEngine;
import io.github.djlstitch.core.internal.time.Stage;
import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.stitch.AnchorCurve;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.core.stitch.HeadRecipe.HeadSource;
import io.github.djlstitch.core.stitch.StitchReport;
import io.github.djlstitch.core.stitch.StitchRunner;
import io.github.djlstitch.core.stitch.StitchRunner.AnchorChoice;
import io.github.djlstitch.decoders.ClassifierHead;
import io.github.djlstitch.decoders.HeadOptions;
import io.github.djlstitch.zoo.Preparation.Need;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.LabelledData;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The main job by names: open the data, encode it with every encoder once, run the grid.
 *
 * @param encoders names of the encoders that are plugged in
 * @param decoders names of the encoders whose heads are plugged into
 * @param dataset what the encoders encode
 * @param decoderDataset what the heads are trained on; the same, or a parallel one
 * @param reading how the data sets are read
 * @param stitching how to stitch
 * @param head how heads are trained
 * @param saved a saved head that is used instead of training one; it stands alone, and its anchors
 *     are used
 * @param anchorsFrom the data set that anchors are chosen from, if another one
 * @param curve for which other numbers of anchors the grid is run
 */
public record StitchJob(
    List<String> encoders,
    List<String> decoders,
    String dataset,
    String decoderDataset,
    DatasetOptions reading,
    StitchRunner.Options stitching,
    HeadOptions head,
    Optional<ClassifierHead> saved,
    Optional<String> anchorsFrom,
    Optional<Curve> curve) {

  /**
   * Copies the lists.
   *
   * @throws StitchException (usage) if there is no encoder or no decoder, or another number of
   *     decoders than one for a saved head
   */
  public StitchJob {
    encoders = List.copyOf(encoders);
    decoders = List.copyOf(decoders);
    if (encoders.isEmpty() || decoders.isEmpty()) {
      throw StitchException.usage(
          "%d encoders and %d decoders; a job needs at least one of each",
          encoders.size(), decoders.size());
    }
    if (saved.isPresent() && decoders.size() != 1) {
      throw StitchException.usage(
          "a saved head is one decoder but there are %d; name one", decoders.size());
    }
  }

  /**
   * A curve that is wanted.
   *
   * @param strategy how its anchors are chosen
   * @param counts how many anchors, ascending
   * @param shown how many the report is about; a curve that has it is not run there twice
   */
  public record Curve(AnchorSelector strategy, List<Integer> counts, int shown) {
    /**
     * Copies the list.
     *
     * @throws StitchException (usage) if it is empty or a number is below 1
     */
    public Curve {
      counts = List.copyOf(counts);
      if (counts.isEmpty() || counts.stream().anyMatch(count -> count < 1)) {
        throw StitchException.usage("a curve over %s anchors; give numbers of at least 1", counts);
      }
    }
  }

  /**
   * Results of a job.
   *
   * @param dataset the encoders' data set
   * @param report what was measured
   * @param curve the same by the number of anchors, if wanted
   * @param encodeSeconds time spent on reading and encoding data, kept encodings included
   * @param totalSeconds time of the whole job
   */
  public record Outcome(
      Dataset<?> dataset,
      StitchReport report,
      Optional<AnchorCurve> curve,
      double encodeSeconds,
      double totalSeconds) {}

  /**
   * Runs the job.
   *
   * @param zoo opens what is named
   * @param progress told of each step
   */
  public Outcome run(ModelZoo zoo, Progress progress) {
    long start = System.nanoTime();
    prepare(zoo);
    LoadedEngine.begin(); // while the data are read
    LabelledData data = zoo.dataset(dataset, reading);
    Encoded encoded = saved.map(head -> encode(zoo, data, head)).orElseGet(() -> encode(zoo, data));
    double encodeSeconds = secondsSince(start);
    HeadSource heads = saved.map(StitchJob::only).orElseGet(() -> zoo.heads(head));
    Optional<AnchorCurve> drawn =
        curve.map(c -> Stage.STITCHING.get(() -> draw(c, encoded, heads, progress)));
    StitchReport report =
        drawn
            .flatMap(c -> c.at(curve.orElseThrow().shown()))
            .orElseGet(() -> Stage.STITCHING.get(() -> stitch(encoded, heads, progress)));
    return new Outcome(data.dataset(), report, drawn, encodeSeconds, secondsSince(start));
  }

  private static StitchReport stitch(Encoded encoded, HeadSource heads, Progress progress) {
    return StitchRunner.run(
        encoded.sources(), encoded.targets(), encoded.stitching(), heads, progress);
  }

  private void prepare(ModelZoo zoo) {
    List<Need> needs = new ArrayList<>();
    needs.add(new Need(encoders, List.of(dataset)));
    needs.add(new Need(decoders, List.of(decoderDataset)));
    List<String> all = Stream.concat(encoders.stream(), decoders.stream()).toList();
    needs.add(new Need(all, anchorsFrom.stream().toList()));
    zoo.preparation().check(needs, reading, choices(), anchorsFrom.orElse(decoderDataset));
  }

  // What is open tells more than names do; models are downloaded only now.
  private void check(
      ModelZoo zoo, LabelledData data, LabelledData decoderData, LabelledData candidates) {
    zoo.preparation().requireReads(encoders, data);
    zoo.preparation().requireReads(decoders, decoderData);
    choices().forEach(choice -> zoo.preparation().requireAnchors(candidates, choice));
    encoders.forEach(zoo::find);
    decoders.forEach(zoo::find);
  }

  private List<AnchorChoice> choices() {
    Stream<AnchorChoice> drawn =
        curve.stream().flatMap(c -> c.counts().stream().map(n -> AnchorChoice.by(c.strategy(), n)));
    return Stream.concat(Stream.of(stitching.anchors()), drawn).toList();
  }

  /** The data as the encoders and as the heads' encoders see it, and what is done with them. */
  private record Encoded(
      List<EncodedDataset> sources, List<EncodedDataset> targets, StitchRunner.Options stitching) {}

  private Encoded encode(ModelZoo zoo, LabelledData data) {
    boolean same = decoderDataset.equals(dataset);
    LabelledData decoderData = same ? data : zoo.dataset(decoderDataset, reading);
    Optional<LabelledData> anchors = anchorsFrom.map(name -> zoo.dataset(name, reading));
    check(zoo, data, decoderData, anchors.orElse(decoderData));
    List<EncodedDataset> sources = new ArrayList<>();
    encoders.forEach(name -> sources.add(zoo.encode(name, data, anchors)));
    List<EncodedDataset> targets = new ArrayList<>();
    for (String name : decoders) {
      targets.add(
          same && encoders.contains(name)
              ? sources.get(encoders.indexOf(name))
              : zoo.encode(name, decoderData, anchors));
    }
    var anchored =
        new TestedAnchors(List.of(data, decoderData), anchors.orElse(decoderData), zoo::warn);
    return apart(anchored, new Encoded(sources, targets, stitching));
  }

  // Anchors that are chosen from the data themselves are of their training split.
  private Encoded apart(TestedAnchors anchored, Encoded encoded) {
    boolean chosen = anchorsFrom.isPresent() && stitching.anchors().listed().isEmpty();
    Set<String> leaked = chosen ? anchored.candidates() : Set.of();
    return new Encoded(
        anchored.apart(encoded.sources(), leaked),
        anchored.apart(encoded.targets(), leaked),
        anchored.apart(stitching));
  }

  // The head brings the anchors that everything is about.
  private Encoded encode(ModelZoo zoo, LabelledData data, ClassifierHead head) {
    LabelledData own = decoderDataset.equals(dataset) ? data : zoo.dataset(decoderDataset, reading);
    var sources = encoders.stream().map(name -> zoo.encode(name, data, head)).toList();
    var targets = List.of(zoo.encode(decoders.get(0), own, head));
    Set<String> leaked =
        new TestedAnchors(List.of(data, own), own, zoo::warn).tests(HeadData.samples(head));
    return new Encoded(
        TestedAnchors.without(leaked, sources),
        TestedAnchors.without(leaked, targets),
        stitching.withAnchors(StitchRunner.AnchorChoice.fixed(Plugs.own(head.spec().anchors()))));
  }

  private AnchorCurve draw(Curve wanted, Encoded encoded, HeadSource heads, Progress progress) {
    return AnchorCurve.run(
        encoded.sources(),
        encoded.targets(),
        encoded.stitching(),
        wanted.strategy(),
        wanted.counts(),
        heads,
        progress);
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  // A saved head serves any data with its classes; it brings the anchors that everything is about.
  private static HeadSource only(ClassifierHead head) {
    return (wanted, inputs, labels) -> head;
  }
}
