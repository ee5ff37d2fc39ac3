// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders;

import ai.djl.Device;
import ai.djl.modality.Classifications;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.djl.translate.Translator;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.encoders.internal.text.TextNetwork;
import io.github.djlstitch.encoders.internal.text.TextTokenizer;
import io.github.djlstitch.encoders.internal.text.Tokens;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A sentence encoder: tokenizer, transformer block, pooling, unit length. Texts are encoded in
 * batches of similar length and returned in the order given. Thread-safe until closed.
 */
public final class TextEncoder implements Encoder<String> {
  private final String id;
  private final String sha256;
  private final String prefix;
  private final int batch;
  private final TextTokenizer tokenizer;
  private final TextNetwork block;
  private final NDManager manager;
  private final LongAdder truncated = new LongAdder();

  private TextEncoder(
      Identity identity, int batch, TextTokenizer tokenizer, TextNetwork block, NDManager manager) {
    this.id = identity.id();
    this.sha256 = identity.sha256();
    this.prefix = identity.prefix();
    this.batch = batch;
    this.tokenizer = tokenizer;
    this.block = block;
    this.manager = manager;
  }

  /**
   * Identifies an encoder and states the prefix that it puts before every text.
   *
   * @param id name in the zoo
   * @param sha256 digest of everything that decides its vectors
   * @param prefix put before every text, for example {@code "query: "}; may be empty
   */
  public record Identity(String id, String sha256, String prefix) {}

  /**
   * Opens an encoder, which owns the tokenizer and the network until it is closed.
   *
   * @param network loads the network, whose weights the given manager owns
   * @param batch most texts in one forward pass, at least 1
   * @throws StitchException (bad input) if the tokenizer gives more tokens than the network reads
   */
  public static TextEncoder open(
      Identity identity,
      Function<NDManager, ? extends TextNetwork> network,
      TextTokenizer tokenizer,
      Device device,
      int batch) {
    NDManager manager = NDManager.newBaseManager(device, "PyTorch");
    try {
      if (batch < 1) {
        throw StitchException.usage("a batch needs at least 1 text but got %d", batch);
      }
      TextNetwork block = network.apply(manager);
      if (tokenizer.maxTokens() > block.positions()) {
        throw StitchException.badInput(
            "the tokenizer of '%s' keeps %d tokens but the network reads %d; lower the limit",
            identity.id(), tokenizer.maxTokens(), block.positions());
      }
      return new TextEncoder(identity, batch, tokenizer, block, manager);
    } catch (RuntimeException e) {
      manager.close();
      tokenizer.close();
      throw e;
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public int dimension() {
    return block.width();
  }

  @Override
  public String sha256() {
    return sha256;
  }

  /** The frozen block underneath, ids and mask (B, T) to vectors (B, D), for composition. */
  public TextNetwork block() {
    return block;
  }

  /**
   * Feeds texts to a DJL model whose first block is {@link #block} and whose output is class scores
   * before softmax, shape (1, C).
   *
   * @param classes C class names, in order
   */
  public Translator<String, Classifications> translator(List<String> classes) {
    return new ClassificationTranslator(tokenizer, prefix, classes);
  }

  @Override
  public FloatMatrix encode(List<String> texts) {
    List<Tokens> tokens = tokenizer.tokens(texts.stream().map(t -> prefix + t).toList());
    truncated.add(tokens.stream().filter(Tokens::truncated).count());
    float[] out = new float[Math.multiplyExact(tokens.size(), dimension())];
    Integer[] byLength = IntStream.range(0, tokens.size()).boxed().toArray(Integer[]::new);
    Arrays.sort(byLength, Comparator.comparingInt(i -> tokens.get(i).length()));
    for (int from = 0; from < byLength.length; from += batch) {
      Integer[] rows = Arrays.copyOfRange(byLength, from, Math.min(from + batch, byLength.length));
      encodeBatch(tokens, rows, out);
    }
    return FloatMatrix.wrap(tokens.size(), dimension(), out);
  }

  /** Counts the texts that exceeded the token limit so far; only their beginnings were encoded. */
  public long truncated() {
    return truncated.sum();
  }

  private void encodeBatch(List<Tokens> tokens, Integer[] rows, float[] out) {
    int longest = tokens.get(rows[rows.length - 1]).length(); // the last, as they are sorted
    long[] ids = new long[rows.length * longest];
    long[] mask = new long[rows.length * longest];
    Arrays.fill(ids, block.padId());
    for (int i = 0; i < rows.length; i++) {
      tokens.get(rows[i]).copyIds(ids, i * longest);
      tokens.get(rows[i]).copyMask(mask, i * longest);
    }
    float[] vectors = forward(ids, mask, new Shape(rows.length, longest));
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(vectors, i * dimension(), out, rows[i] * dimension(), dimension());
    }
  }

  private float[] forward(long[] ids, long[] mask, Shape shape) {
    try (NDManager scope = manager.newSubManager()) {
      NDList inputs = new NDList(scope.create(ids, shape), scope.create(mask, shape)); // (B, T)
      NDArray vectors =
          block.forward(new ParameterStore(scope, false), inputs, false).head(); // (B, D)
      return vectors.toFloatArray();
    }
  }

  @Override
  public void close() {
    tokenizer.close();
    manager.close();
  }
}
