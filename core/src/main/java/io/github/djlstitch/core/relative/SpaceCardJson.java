// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import com.google.gson.JsonObject;
import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.relative.SpaceCodec.CodecDiagnostics;
import io.github.djlstitch.core.space.NormStatistics;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Supplier;

/** The parts of a space card as JSON objects. */
final class SpaceCardJson {
  /** The numbers of a codec, among the fields of its description. */
  static final String OPTIONS = "options";

  private SpaceCardJson() {}

  static JsonObject codec(SpaceCodec codec) {
    JsonObject json = new JsonObject();
    json.addProperty("name", codec.spec().name());
    json.addProperty("center", codec.spec().centering().id());
    JsonObject options = new JsonObject();
    codec.numbers().forEach(options::addProperty);
    json.add(OPTIONS, options);
    json.addProperty(Diagnostics.DELTA, codec.spec().subspaces().map(Subspaces::delta).orElse(0.0));
    return json;
  }

  /**
   * Reads what codes mean.
   *
   * @param subspaces gives the subspaces of the card by their delta
   */
  static CodecSpec codec(JsonCard json, DoubleFunction<Optional<Subspaces>> subspaces) {
    json.requireOnly("name", "center", OPTIONS, Diagnostics.DELTA);
    String name = json.text("name");
    Centering centering = centering(json.text("center"));
    Map<String, Double> numbers = json.numbers(OPTIONS);
    Optional<Subspaces> kept = subspaces.apply(json.number(Diagnostics.DELTA));
    CodecSpec spec = checked(() -> spec(name, centering, numbers, kept));
    if (spec.centering() != centering) {
      throw StitchException.badInput(
          "space card with the codec '%s' centred on '%s', expected '%s'; make the card again",
          name, centering.id(), spec.centering().id());
    }
    return spec;
  }

  // A number in a file that is out of range is not the user's wrong usage.
  private static CodecSpec checked(Supplier<CodecSpec> spec) {
    try {
      return spec.get();
    } catch (StitchException e) {
      throw StitchException.badInput("space card: %s", e.getMessage()).because(e);
    }
  }

  private static CodecSpec spec(
      String name,
      Centering centering,
      Map<String, Double> numbers,
      Optional<Subspaces> subspaces) {
    return switch (kind(name)) {
      case AUTO -> new CodecSpec.Automatic();
      case BALANCED -> new CodecSpec.Balanced();
      case COORDINATES ->
          new CodecSpec.Coordinates(centering, number(name, numbers, Diagnostics.LAMBDA));
      case IRP -> Irp.named(name, centering, numbers, subspaces).orElseThrow(() -> unknown(name));
      case PARSEVAL ->
          new CodecSpec.Parseval(
              (int) number(name, numbers, Diagnostics.COMPONENTS),
              number(name, numbers, Diagnostics.POWER),
              number(name, numbers, Diagnostics.LAMBDA));
    };
  }

  // The variants of inverse relative projection follow its name after a hyphen.
  private static CodecSpec.Kind kind(String name) {
    String first = name.replaceFirst("-.*", "");
    return Arrays.stream(CodecSpec.Kind.values())
        .filter(kind -> kind.id().equals(kind == CodecSpec.Kind.IRP ? first : name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private static StitchException unknown(String name) {
    return StitchException.badInput("no codec '%s'; make the card again", name);
  }

  /** Returns the sharpness with which a codec attends to its memory. */
  static double sharpness(SpaceCodec codec) {
    return number(codec.spec().name(), codec.numbers(), Diagnostics.SHARPNESS);
  }

  private static double number(String name, Map<String, Double> numbers, String key) {
    Double value = numbers.get(key);
    if (value == null) {
      throw StitchException.badInput(
          "codec '%s' without '%s'; it has %s", name, key, numbers.keySet());
    }
    return value;
  }

  private static Centering centering(String id) {
    return Arrays.stream(Centering.values())
        .filter(c -> c.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> StitchException.badInput("space card with the unknown centring '%s'", id));
  }

  static JsonObject statistics(CodecDiagnostics diagnostics) {
    JsonObject json = new JsonObject();
    json.addProperty(Diagnostics.CONDITION_NUMBER, diagnostics.conditionNumber());
    json.addProperty(Diagnostics.RANK, diagnostics.rank());
    json.addProperty(Diagnostics.EFFECTIVE_RANK, diagnostics.effectiveRank());
    json.addProperty(Diagnostics.MEAN_NORM, diagnostics.norms().mean());
    json.addProperty(Diagnostics.STD_NORM, diagnostics.norms().std());
    return json;
  }

  static CodecDiagnostics statistics(JsonCard json, int anchors, Optional<Subspaces> subspaces) {
    json.requireOnly(
        Diagnostics.CONDITION_NUMBER,
        Diagnostics.RANK,
        Diagnostics.EFFECTIVE_RANK,
        Diagnostics.MEAN_NORM,
        Diagnostics.STD_NORM);
    return new CodecDiagnostics(
        anchors,
        subspaces.map(s -> s.kept().stream().map(List::size).toList()).orElse(List.of(anchors)),
        json.number(Diagnostics.CONDITION_NUMBER),
        Math.toIntExact(json.integer(Diagnostics.RANK)),
        json.number(Diagnostics.EFFECTIVE_RANK),
        new NormStatistics(json.number(Diagnostics.MEAN_NORM), json.number(Diagnostics.STD_NORM)));
  }
}
