// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.StitchException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A checkpoint under the names of the bare network: without the prefix that a model with a task
 * head puts before them ({@code bert.embeddings...}), and with the layer norms' old names ({@code
 * LayerNorm.gamma}, {@code LayerNorm.beta}) replaced by weight and bias. Names without the prefix,
 * such as those of the task head, stay as they are. Thread-safe as far as the checkpoint is.
 */
public final class CheckpointNames implements WeightSource {
  private static final List<String> PREFIXES =
      List.of(
          "", "bert.", "roberta.", "electra.", "distilbert.", "mpnet.", "vit.", "deit.", "model.");
  private static final List<String> LANDMARKS =
      List.of("embeddings.word_embeddings.weight", "embeddings.cls_token", "cls_token");
  private static final String COMPILED = "_orig_mod."; // by torch.compile, of any module
  private static final String PARALLEL = "module."; // by DataParallel, of the whole
  private static final Map<String, String> OLD_ENDINGS =
      Map.of("LayerNorm.gamma", "LayerNorm.weight", "LayerNorm.beta", "LayerNorm.bias");

  private final WeightSource source;
  private final Map<String, String> stored = new LinkedHashMap<>();

  private CheckpointNames(WeightSource source) {
    this.source = source;
  }

  /**
   * The checkpoint under its network's own names. Which prefix it has is decided by the tensor that
   * every such network has, its word embeddings or class token; without one there is no prefix.
   *
   * @throws StitchException (bad input) if two of its tensors would get the same name
   */
  public static WeightSource of(WeightSource source) {
    String prefix = prefix(source.names());
    return renamed(
        source, name -> modern(name.startsWith(prefix) ? name.substring(prefix.length()) : name));
  }

  /**
   * The checkpoint without what torch.compile ({@code _orig_mod.}) and DataParallel ({@code
   * module.}) put into its names.
   *
   * @throws StitchException (bad input) if two of its tensors would get the same name
   */
  public static WeightSource unwrapped(WeightSource source) {
    UnaryOperator<String> eager = name -> name.replace(COMPILED, "");
    boolean parallel =
        source.names().stream().map(eager).allMatch(name -> name.startsWith(PARALLEL));
    boolean compiled = source.names().stream().anyMatch(name -> name.contains(COMPILED));
    return parallel || compiled
        ? renamed(source, name -> eager.apply(name).substring(parallel ? PARALLEL.length() : 0))
        : source;
  }

  private static WeightSource renamed(WeightSource source, UnaryOperator<String> renaming) {
    var names = new CheckpointNames(source);
    source.names().forEach(name -> names.add(renaming.apply(name), name));
    return names;
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(stored.keySet());
  }

  @Override
  public Shape shape(String name) {
    return source.shape(storedName(name));
  }

  @Override
  public NDArray tensor(NDManager manager, String name) {
    return source.tensor(manager, storedName(name));
  }

  // An unknown name is passed on unchanged, so that the checkpoint itself refuses it.
  private String storedName(String name) {
    return stored.getOrDefault(name, name);
  }

  private void add(String name, String storedName) {
    String other = stored.put(name, storedName);
    if (other != null) {
      throw StitchException.badInput(
          "the checkpoint has tensor '%s' twice, as '%s' and as '%s'; remove one",
          name, other, storedName);
    }
  }

  private static String prefix(Set<String> names) {
    return PREFIXES.stream()
        .filter(prefix -> LANDMARKS.stream().anyMatch(mark -> names.contains(prefix + mark)))
        .findFirst()
        .orElse("");
  }

  private static String modern(String name) {
    for (Map.Entry<String, String> ending : OLD_ENDINGS.entrySet()) {
      if (name.endsWith(ending.getKey())) {
        int kept = name.length() - ending.getKey().length();
        return name.substring(0, kept) + ending.getValue();
      }
    }
    return name;
  }
}
