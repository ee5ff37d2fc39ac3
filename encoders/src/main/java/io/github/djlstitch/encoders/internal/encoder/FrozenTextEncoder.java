// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.encoder;

import ai.djl.Device;
import ai.djl.modality.Classifications;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.translate.Translator;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.CoreThreads;
import io.github.djlstitch.core.internal.engine.LoadedEngine;
import io.github.djlstitch.core.internal.file.Printable;
import io.github.djlstitch.core.internal.script.ScriptPart;
import io.github.djlstitch.core.internal.time.Stage;
import io.github.djlstitch.encoders.TextEncoder;
import io.github.djlstitch.encoders.internal.encoder.TextBatches.TextBatch;
import io.github.djlstitch.encoders.internal.text.TextNetwork;
import io.github.djlstitch.encoders.internal.text.TextTokenizer;
import io.github.djlstitch.encoders.internal.text.Tokens;
import io.github.djlstitch.encoders.options.EncoderOptions.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * A sentence encoder: tokenizer, transformer block, pooling, unit length. Texts are encoded in
 * batches of similar length and returned in the order given. Thread-safe until closed.
 */
public final class FrozenTextEncoder implements TextEncoder, PortableEncoder {
  private final Identity identity;
  private final int batch;
  private final TextTokenizer tokenizer;
  private final TextNetwork block;
  private final NDManager manager;
  private final EncoderGuard guard;
  private final LongAdder truncated;
  private final boolean owner;
  private final boolean independent;

  private FrozenTextEncoder(
      Identity identity, int batch, TextTokenizer tokenizer, TextNetwork block, NDManager manager) {
    this.identity = identity;
    this.batch = batch;
    this.tokenizer = tokenizer;
    this.block = block;
    this.manager = manager;
    this.guard = new EncoderGuard(identity.id());
    this.truncated = new LongAdder();
    this.owner = true;
    this.independent = false;
  }

  private FrozenTextEncoder(FrozenTextEncoder whole, Identity identity, boolean independent) {
    this.identity = identity;
    this.batch = whole.batch;
    this.tokenizer = whole.tokenizer;
    this.block = whole.block;
    this.manager = whole.manager;
    this.guard = whole.guard;
    this.truncated = whole.truncated;
    this.owner = false;
    this.independent = independent;
  }

  /**
   * Identifies an encoder and states the prefix that it puts before every text.
   *
   * @param id name in the zoo
   * @param sha256 digest of everything that decides its vectors
   * @param prefix put before every text, for example {@code "query: "}; may be empty
   * @param roles the same encoder with the prefix of a role
   */
  public record Identity(String id, String sha256, String prefix, Function<Role, Identity> roles) {
    /** An encoder whose texts begin the same in every role. */
    public static Identity of(String id, String sha256, String prefix) {
      return new Identity(id, sha256, prefix, role -> of(id, sha256, prefix));
    }
  }

  /**
   * Opens an encoder, which owns the tokenizer and the network until it is closed.
   *
   * @param network loads the network, whose weights the given manager owns
   * @param batch most texts in one forward pass, at least 1
   * @throws StitchException (bad input) if the tokenizer gives more tokens than the network reads
   */
  public static FrozenTextEncoder open(
      Identity identity,
      Function<NDManager, ? extends TextNetwork> network,
      TextTokenizer tokenizer,
      Device device,
      int batch) {
    NDManager manager = LoadedEngine.manager(device);
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
      return new FrozenTextEncoder(identity, batch, tokenizer, block, manager);
    } catch (RuntimeException e) {
      manager.close();
      tokenizer.close();
      throw e;
    }
  }

  @Override
  public String id() {
    return identity.id();
  }

  @Override
  public int dimension() {
    return block.width();
  }

  @Override
  public String sha256() {
    return identity.sha256();
  }

  @Override
  public TextEncoder inRole(Role role) {
    Identity other = identity.roles().apply(role);
    return other.sha256().equals(sha256()) ? this : new FrozenTextEncoder(this, other, independent);
  }

  @Override
  public TextEncoder independent() {
    return independent ? this : new FrozenTextEncoder(this, identity, true);
  }

  @Override
  public Block block() {
    return block;
  }

  @Override
  public Translator<String, Classifications> translator(List<String> classes) {
    return new ClassificationTranslator(tokenizer, identity.prefix(), classes);
  }

  @Override
  public ScriptPart script() {
    long[] mask = new long[tokenizer.maxTokens()];
    Tokens letter = tokenizer.tokens(List.of("a")).get(0);
    letter.copyMask(mask, 0);
    int before = 0;
    while (before < letter.length() && mask[before] != 1) {
      before++;
    }
    int behind = 0;
    while (behind < letter.length() && mask[letter.length() - 1 - behind] != 1) {
      behind++;
    }
    return block.script(before, behind);
  }

  @Override
  public PortableInput input() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("maxLength", Integer.toString(tokenizer.maxTokens()));
    settings.put("modelMaxLength", Integer.toString(tokenizer.maxTokens()));
    String content = tokenizer.portable(identity.prefix(), block.padId());
    return new PortableInput("tokenizer.json", content, true, settings, differences());
  }

  private List<String> differences() {
    List<String> differences = new ArrayList<>();
    if (!identity.prefix().isEmpty()) {
      differences.add(
          ("the tokenizer puts '%s' before a text, but not before an empty one, and once more"
                  + " behind each special token such as [SEP] that the text itself spells out")
              .formatted(Printable.of(identity.prefix())));
    }
    if (tokenizer.truncatesLeft()) {
      differences.add(
          "texts beyond the limit lose their beginning; DJL's translator takes their end instead");
    }
    return differences;
  }

  @Override
  public FloatMatrix encode(List<String> texts) {
    return guard.encode("text", texts, () -> vectors(texts));
  }

  private FloatMatrix vectors(List<String> texts) {
    List<Tokens> tokens = Stage.TOKENS.get(() -> tokens(texts));
    truncated.add(tokens.stream().filter(Tokens::truncated).count());
    float[] out = new float[Math.multiplyExact(tokens.size(), dimension())];
    Stage.NETWORK.run(() -> encodeAll(texts, tokens, out));
    return FloatMatrix.wrap(tokens.size(), dimension(), out);
  }

  private List<Tokens> tokens(List<String> texts) {
    return tokenizer.tokens(texts.stream().map(t -> identity.prefix() + t).toList());
  }

  private void encodeAll(List<String> texts, List<Tokens> tokens, float[] out) {
    boolean gpu = manager.getDevice().isGpu();
    List<TextBatch> batches =
        independent
            ? TextBatches.ofEqualLength(tokens, batch)
            : TextBatches.ofSimilarLength(tokens, batch, !gpu);
    IntConsumer part = i -> encodeBatch(texts, tokens, batches.get(i), out);
    if (gpu) {
      IntStream.range(0, batches.size()).forEach(part);
    } else {
      CoreThreads.run(batches.size(), part);
    }
  }

  @Override
  public long truncated() {
    return truncated.sum();
  }

  private static String describe(List<String> texts, int row) {
    return "text %d of %d, counted from 0: '%s'"
        .formatted(row, texts.size(), Printable.of(texts.get(row)));
  }

  private void encodeBatch(List<String> texts, List<Tokens> tokens, TextBatch read, float[] out) {
    List<Integer> rows = read.rows();
    int longest = tokens.get(rows.get(0)).length();
    long[] ids = new long[read.size() * longest];
    long[] mask = new long[read.size() * longest];
    Arrays.fill(ids, block.padId());
    for (int i = 0; i < read.size(); i++) {
      Tokens text = tokens.get(rows.get(i < rows.size() ? i : 0));
      text.copyIds(ids, i * longest);
      text.copyMask(mask, i * longest);
    }
    float[] vectors = forward(ids, mask, new Shape(read.size(), longest));
    for (int i = 0; i < rows.size(); i++) {
      int row = rows.get(i);
      guard.requireFinite(vectors, i, dimension(), () -> describe(texts, row));
      System.arraycopy(vectors, i * dimension(), out, row * dimension(), dimension());
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
    if (owner) {
      guard.close(
          () -> {
            tokenizer.close();
            manager.close();
          });
    }
  }
}
