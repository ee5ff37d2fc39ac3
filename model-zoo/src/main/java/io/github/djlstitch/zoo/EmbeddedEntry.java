// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.core.internal.time.Stage;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Provenance.Prefix;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.internal.encoder.FrozenTextEncoder;
import io.github.djlstitch.encoders.internal.text.TextTokenizer;
import io.github.djlstitch.encoders.internal.text.TextTransformer;
import io.github.djlstitch.encoders.internal.text.TokenEmbeddings;
import io.github.djlstitch.encoders.internal.weights.OnnxWeights;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.encoders.options.EncoderOptions.Prompt;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** An encoder whose files come with the build. */
record EmbeddedEntry(EmbeddedCard card, EncoderOptions how, ArtifactStore artifacts)
    implements EncoderEntry {

  @Override
  public String name() {
    return card.name();
  }

  @Override
  public String sha256() {
    return sha256(prefix());
  }

  private String sha256(String prefix) {
    return card.sha256(how.numbers(), readout(), how.scale(), prefix);
  }

  private String prefix() {
    return card.prefixes().of(how.prompt());
  }

  @Override
  public Prefix prefixed() {
    return new Prefix(prefix(), sha256(card.prefixes().usual()));
  }

  @Override
  public boolean ignoresRole() {
    return card.prefixes().ignores(how.prompt());
  }

  @Override
  public Map<String, String> describe() {
    boolean unpacked = artifacts.holds(card.weights()) && artifacts.holds(card.tokenizer());
    Map<String, String> found = new LinkedHashMap<>();
    found.put("key (" + how.numbers().id() + ")", sha256());
    found.put("unpacked", unpacked ? "yes" : "at first use");
    return found;
  }

  @Override
  public void verify() {
    artifacts.file(card.weights());
    artifacts.file(card.tokenizer());
  }

  private Readout readout() {
    return new Readout(
        how.layer().orElse(Readout.LAST_LAYER),
        how.pooling().orElse(card.pooling()),
        !how.ownLength());
  }

  @Override
  public OptionalInt textLayers() {
    return OptionalInt.of(card.config().layers());
  }

  @Override
  public boolean readsTexts() {
    return true;
  }

  @Override
  public boolean readsImages() {
    return false;
  }

  @Override
  public LatentSpace wordVectors() {
    OnnxWeights weights = OnnxWeights.map(artifacts.file(card.weights()));
    TokenEmbeddings found = TokenEmbeddings.read(weights, artifacts.file(card.tokenizer()));
    String digest =
        Sha256.builder()
            .add("token embeddings")
            .add(card.weights().sha256())
            .add(card.tokenizer().sha256())
            .hex();
    return found.space(card.name(), digest);
  }

  private FrozenTextEncoder.Identity identity(Prompt prompt) {
    String prefix = card.prefixes().of(prompt);
    return new FrozenTextEncoder.Identity(
        card.name(), sha256(prefix), prefix, role -> identity(Prompt.of(role)));
  }

  @Override
  public Encoder<String> openForTexts() {
    return Stage.OPENING.get(this::open);
  }

  private Encoder<String> open() {
    Path weights = artifacts.file(card.weights());
    return FrozenTextEncoder.open(
        identity(how.prompt()),
        manager ->
            TextTransformer.load(
                card.config(),
                readout(),
                how.numbers(),
                OnnxWeights.map(weights),
                how.scale(),
                manager),
        TextTokenizer.open(artifacts.file(card.tokenizer()), card.maxTokens()),
        how.where(),
        how.batch());
  }

  @Override
  public Encoder<ImageSource> openForImages() {
    throw StitchException.usage("encoder '%s' reads texts, not images", card.name());
  }
}
