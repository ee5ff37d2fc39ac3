// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes.migrate;

import com.google.gson.JsonObject;
import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.internal.file.Safetensors;
import io.github.djlstitch.core.internal.file.SafetensorsWriter;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.core.internal.file.Tensor;
import io.github.djlstitch.core.migrate.BridgeMethod;
import io.github.djlstitch.core.migrate.MigrationPlan;
import io.github.djlstitch.core.migrate.MigrationPlan.Verdict;
import io.github.djlstitch.core.migrate.Side;
import io.github.djlstitch.core.migrate.SpaceId;
import io.github.djlstitch.core.migrate.VectorBridge;
import io.github.djlstitch.core.migrate.VectorPopulation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A plan in its folder: {@code documents.safetensors} and {@code queries.safetensors}, the bridges;
 * {@code sample.safetensors}, the old vectors that they were fitted on; and {@code plan.json},
 * which names the spaces, the methods, the verdicts and the digests of these files, and is written
 * last.
 *
 * @param folder that holds it
 * @param source the old index that it is about, as it was named
 * @param from space of the old index
 * @param to space of the new encoder's documents
 * @param sides what was planned
 */
public record PlanFile(
    Path folder, String source, SpaceId from, SpaceId to, Map<Side, PlannedSide> sides) {
  private static final String PLAN = "plan.json";
  private static final String SAMPLE = "sample.safetensors";
  private static final String VECTORS = "vectors";
  private static final String KIND = "migration-plan";

  /** Takes a copy. */
  public PlanFile {
    sides = Map.copyOf(sides);
  }

  /**
   * The bridge of a side.
   *
   * @param method that it was fitted by
   * @param verdict on it
   * @param sha256 of its file
   */
  public record PlannedSide(BridgeMethod method, Verdict verdict, String sha256) {}

  /** Writes a plan; a folder without a plan file in it is none. */
  public static PlanFile save(
      Path folder, String source, SpaceId from, SpaceId to, MigrationPlan plan) {
    Map<Side, PlannedSide> sides = new EnumMap<>(Side.class);
    plan.bridges()
        .forEach(
            (side, chosen) -> {
              chosen.bridge().save(bridge(folder, side));
              String digest = Sha256.ofInput(bridge(folder, side));
              sides.put(side, new PlannedSide(chosen.method(), plan.verdict(side), digest));
            });
    Path vectors = folder.resolve(SAMPLE);
    SafetensorsWriter.write(
        vectors, Map.of("format", KIND), List.of(Tensor.of(VECTORS, plan.sampled())));
    JsonObject json = new JsonObject();
    json.addProperty("schema", "1");
    json.addProperty("kind", KIND);
    json.addProperty("source", source);
    json.add("from", SpaceJson.of(from));
    json.add("to", SpaceJson.of(to));
    json.addProperty("sample_sha256", Sha256.ofInput(vectors));
    JsonObject planned = new JsonObject();
    sides.forEach((side, known) -> planned.add(side.id(), json(known)));
    json.add("sides", planned);
    JsonCard.write(folder.resolve(PLAN), json);
    return new PlanFile(folder, source, from, to, sides);
  }

  private static JsonObject json(PlannedSide side) {
    JsonObject json = new JsonObject();
    json.addProperty("method", side.method().id());
    json.addProperty("verdict", side.verdict().id());
    json.addProperty("sha256", side.sha256());
    return json;
  }

  private static Path bridge(Path folder, Side side) {
    return folder.resolve(side.id() + ".safetensors");
  }

  /**
   * Reads a plan.
   *
   * @throws StitchException (bad input) if there is none or it is malformed; (verification) if a
   *     file is not the one that was written
   */
  public static PlanFile load(Path folder) {
    JsonCard card = JsonCard.read(folder.resolve(PLAN));
    card.require("schema", "1");
    card.require("kind", KIND);
    Map<Side, PlannedSide> sides = new EnumMap<>(Side.class);
    for (Side side : Side.values()) {
      JsonCard planned = card.card("sides");
      if (planned.has(side.id())) {
        sides.put(side, side(planned.card(side.id())));
        requireDigest(bridge(folder, side), sides.get(side).sha256());
      }
    }
    requireDigest(folder.resolve(SAMPLE), card.text("sample_sha256"));
    return new PlanFile(
        folder,
        card.text("source"),
        SpaceJson.read(card.card("from")),
        SpaceJson.read(card.card("to")),
        sides);
  }

  private static PlannedSide side(JsonCard card) {
    return new PlannedSide(
        card.choice("method", byId(BridgeMethod.values())),
        card.choice("verdict", byId(Verdict.values())),
        card.text("sha256"));
  }

  private static <E extends Named> Map<String, E> byId(E[] values) {
    return Arrays.stream(values).collect(Collectors.toMap(Named::id, Function.identity()));
  }

  private static void requireDigest(Path file, String expected) {
    String found = Sha256.ofInput(file);
    if (!found.equals(expected)) {
      throw StitchException.verification(
          "'%s' has sha256 %.12s but its plan says %.12s; plan again", file, found, expected);
    }
  }

  /**
   * The plan for a side.
   *
   * @throws StitchException (usage) if nothing was
   */
  public PlannedSide side(Side side) {
    PlannedSide planned = sides.get(side);
    if (planned == null) {
      throw StitchException.usage(
          "'%s' is no plan for %s; plan again with --side %s", folder, side.id(), side.id());
    }
    return planned;
  }

  /** The bridge of a side. */
  public VectorBridge bridge(Side side) {
    side(side);
    return VectorBridge.load(bridge(folder, side));
  }

  /** The old index's vectors as a population. */
  public VectorPopulation population() {
    return VectorPopulation.of(Safetensors.open(folder.resolve(SAMPLE)).matrix(VECTORS));
  }

  /** The space of vectors that came over a side's bridge. */
  public SpaceId reached(Side side) {
    return side == Side.DOCUMENTS
        ? to.reachedFrom(from, side(side).sha256())
        : from.reachedFrom(to, side(side).sha256());
  }
}
