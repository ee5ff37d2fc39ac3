// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.engine.EngineInfo;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.encoders.TextEncoder;
import io.github.djlstitch.encoders.block.Readout;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.encoders.text.TextTokenizer;
import io.github.djlstitch.encoders.text.TextTransformer;
import io.github.djlstitch.encoders.weights.OnnxWeights;

/** An encoder whose files come with the build. */
record EmbeddedEntry(EmbeddedCard card, ModelZoo.Options options, ArtifactStore artifacts)
    implements EncoderEntry {

  @Override
  public String name() {
    return card.name();
  }

  @Override
  public String sha256() {
    return card.sha256(options.numbers());
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
  public Encoder<String> openForTexts() {
    var identity = new TextEncoder.Identity(card.name(), sha256(), card.prefix());
    OnnxWeights weights = OnnxWeights.map(artifacts.file(card.weights()));
    return TextEncoder.open(
        identity,
        manager ->
            TextTransformer.load(
                card.config(),
                Readout.sentence(card.pooling()),
                options.numbers(),
                weights,
                manager),
        TextTokenizer.open(artifacts.file(card.tokenizer()), card.maxTokens()),
        EngineInfo.device(options.device()),
        options.batch());
  }

  @Override
  public Encoder<ImageSource> openForImages() {
    throw StitchException.usage("encoder '%s' reads texts, not images", card.name());
  }
}
