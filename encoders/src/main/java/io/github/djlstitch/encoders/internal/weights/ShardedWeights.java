// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.internal.file.Printable;
import io.github.djlstitch.core.internal.file.Safetensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Weights in several safetensors files, held together by an index: {@code
 * model.safetensors.index.json}. Every shard lies beside the index and holds exactly the tensors
 * that the index says. Thread-safe as far as {@link SafetensorsWeights} are.
 */
public final class ShardedWeights implements WeightSource {
  private static final int MOST_SHARDS = 10_000; // the largest models have some hundred

  private final Map<String, WeightSource> shardOf;

  private ShardedWeights(Map<String, WeightSource> shardOf) {
    this.shardOf = shardOf;
  }

  /**
   * Checks the index and maps the shards.
   *
   * @throws StitchException (bad input) if a shard is missing or not beside the index, or if the
   *     index and the shards disagree, naming the tensor
   */
  public static ShardedWeights open(Path index) {
    Map<String, String> fileOf = JsonCard.read(index).textsByName("weight_map");
    Map<String, WeightSource> shardOf = new LinkedHashMap<>();
    for (String name : shardNames(index, fileOf)) {
      Safetensors shard = Safetensors.open(shard(index, name));
      WeightSource weights = SafetensorsWeights.of(shard);
      for (String tensor : shard.names()) {
        requireListed(index, tensor, name, fileOf.get(tensor));
        shardOf.put(tensor, weights);
      }
      SafetensorsWeights.aliases(shard)
          .keySet()
          .forEach(alias -> shardOf.putIfAbsent(alias, weights));
    }
    fileOf.forEach((tensor, name) -> requireFound(index, tensor, name, shardOf));
    return new ShardedWeights(shardOf);
  }

  /**
   * The shards that an index names, in order.
   *
   * @throws StitchException (bad input) if one is missing or not beside the index
   */
  public static List<Path> files(Path index) {
    return names(index).stream().map(name -> shard(index, name)).toList();
  }

  /**
   * The names of the shards, which need not be there yet, in order.
   *
   * @throws StitchException (bad input) if one could not lie beside the index
   */
  public static List<String> names(Path index) {
    return List.copyOf(shardNames(index, JsonCard.read(index).textsByName("weight_map")));
  }

  private static Set<String> shardNames(Path index, Map<String, String> fileOf) {
    Set<String> names = new TreeSet<>(fileOf.values());
    if (names.isEmpty() || names.size() > MOST_SHARDS) {
      throw StitchException.badInput(
          "index '%s' names %d files, expected 1 to %d; get the file again",
          index, names.size(), MOST_SHARDS);
    }
    for (String name : names) {
      if (!name.matches("[\\w-][\\w. -]*\\.safetensors")) {
        throw StitchException.badInput(
            "index '%s' names the file '%s', expected the name of a .safetensors file beside it",
            index, Printable.of(name));
      }
    }
    return names;
  }

  private static Path shard(Path index, String name) {
    Path file = index.resolveSibling(name);
    if (!Files.isRegularFile(file)) {
      throw StitchException.badInput(
          "file '%s' is missing beside '%s', which needs it; get it too", name, index);
    }
    return file;
  }

  private static void requireListed(
      Path index, String tensor, String found, @Nullable String listed) {
    if (listed == null) {
      throw StitchException.badInput(
          "shard '%s' holds tensor '%s' that '%s' does not list; get the files of one revision",
          found, Printable.of(tensor), index);
    }
    if (!listed.equals(found)) {
      throw StitchException.badInput(
          "tensor '%s' is in shard '%s' but '%s' places it in '%s'; get the files of one revision",
          Printable.of(tensor), found, index, listed);
    }
  }

  private static void requireFound(
      Path index, String tensor, String name, Map<String, WeightSource> shardOf) {
    if (!shardOf.containsKey(tensor)) {
      throw StitchException.badInput(
          "shard '%s' lacks tensor '%s' that '%s' places there; get the files of one revision",
          name, Printable.of(tensor), index);
    }
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(shardOf.keySet());
  }

  @Override
  public Shape shape(String name) {
    return shard(name).shape(name);
  }

  @Override
  public NDArray tensor(NDManager manager, String name) {
    return shard(name).tensor(manager, name);
  }

  private WeightSource shard(String name) {
    WeightSource shard = shardOf.get(name);
    if (shard == null) {
      throw StitchException.badInput("the shards have no tensor '%s'", name);
    }
    return shard;
  }
}
