// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.djl;

import ai.djl.Application;
import ai.djl.Device;
import ai.djl.Model;
import ai.djl.nn.Blocks;
import ai.djl.repository.MRL;
import ai.djl.repository.Repository;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelLoader;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.util.Progress;
import io.github.djlstitch.encoders.TextEncoder;
import io.github.djlstitch.zoo.ModelCard;
import io.github.djlstitch.zoo.ModelZoo;
import org.jspecify.annotations.Nullable;

/** Opens one text encoder of the zoo as a DJL model. Thread-safe. */
final class EncoderLoader implements ModelLoader {
  private final MRL place;
  private final ModelCard card;

  EncoderLoader(Repository repository, ModelCard card) {
    this.place = MRL.undefined(repository, StitchZooProvider.GROUP, card.name());
    this.card = card;
  }

  @Override
  public String getGroupId() {
    return StitchZooProvider.GROUP;
  }

  @Override
  public String getArtifactId() {
    return card.name();
  }

  @Override
  public Application getApplication() {
    return Application.NLP.TEXT_EMBEDDING;
  }

  @Override
  public MRL getMrl() {
    return place;
  }

  /** Opens the encoder; closing the model closes it. */
  @Override
  @SuppressWarnings("unchecked") // both types were compared with the criteria's
  public <I, O> ZooModel<I, O> loadModel(Criteria<I, O> criteria) throws ModelNotFoundException {
    requireTypes(criteria);
    Model model = Model.newInstance(card.name(), criteria.getDevice(), "PyTorch");
    try {
      model.setBlock(Blocks.identityBlock());
      TextEncoder encoder = zoo(criteria.getDevice()).encoder(card.name());
      return (ZooModel<I, O>) new EncoderModel<>(model, encoder);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  @Override
  public <I, O> boolean isDownloaded(Criteria<I, O> criteria) {
    return zoo(null).isCached(card);
  }

  @Override
  public <I, O> void downloadModel(Criteria<I, O> criteria, @Nullable Progress progress) {
    zoo(null).encoder(card.name()).close();
  }

  private ModelZoo zoo(@Nullable Device device) {
    String name = device == null ? "auto" : device.isGpu() ? "gpu" + device.getDeviceId() : "cpu";
    var options = ModelZoo.Options.in(StitchZooProvider.cache());
    return ModelZoo.open(
        new ModelZoo.Options(
            options.cache(),
            options.numbers(),
            name,
            options.batch(),
            options.progress(),
            options.warnings()));
  }

  private void requireTypes(Criteria<?, ?> criteria) throws ModelNotFoundException {
    if (criteria.getInputClass() != String.class || criteria.getOutputClass() != float[].class) {
      throw new ModelNotFoundException(
          "'" + card.name() + "' turns String into float[]; set these types in the criteria");
    }
    if (criteria.getTranslatorFactory() != null) {
      throw new ModelNotFoundException(
          "'" + card.name() + "' brings its own translator; leave it out of the criteria");
    }
  }
}
