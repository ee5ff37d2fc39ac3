// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.djl;

import ai.djl.Application;
import ai.djl.Device;
import ai.djl.Model;
import ai.djl.modality.cv.Image;
import ai.djl.nn.Blocks;
import ai.djl.repository.MRL;
import ai.djl.repository.Repository;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelLoader;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.util.Progress;
import io.github.djlstitch.core.internal.engine.LoadedEngine;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.zoo.ModelCard;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.internal.data.DecodedImage;
import org.jspecify.annotations.Nullable;

/**
 * Opens one encoder of the zoo as a DJL model: {@code String}, {@link Image} or {@link ImageSource}
 * to {@code float[]}. Thread-safe.
 */
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
    return !card.reads().equals("images") ? Application.NLP.TEXT_EMBEDDING : Application.CV.ANY;
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
    Model model = LoadedEngine.model(card.name(), criteria.getDevice());
    try {
      model.setBlock(Blocks.identityBlock());
      ModelZoo zoo = zoo(criteria.getDevice());
      return (ZooModel<I, O>) open(model, criteria.getInputClass(), zoo);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private ZooModel<?, float[]> open(Model model, Class<?> input, ModelZoo zoo) {
    if (input == String.class) {
      return new EncoderModel<String, String>(model, zoo.encoder(card.name()), text -> text);
    }
    Encoder<ImageSource> encoder = zoo.imageEncoder(card.name());
    return input == Image.class
        ? new EncoderModel<Image, ImageSource>(model, encoder, DecodedImage::of)
        : new EncoderModel<ImageSource, ImageSource>(model, encoder, image -> image);
  }

  @Override
  public <I, O> boolean isDownloaded(Criteria<I, O> criteria) {
    return zoo(null).isAtHand(card);
  }

  @Override
  public <I, O> void downloadModel(Criteria<I, O> criteria, @Nullable Progress progress) {
    zoo(null).verify(card.name());
  }

  private ModelZoo zoo(@Nullable Device device) {
    String name = device == null ? "auto" : device.isGpu() ? "gpu" + device.getDeviceId() : "cpu";
    return ModelZoo.open(
        StitchZooProvider.options().withEncoders(EncoderOptions.defaults().withDevice(name)));
  }

  private void requireTypes(Criteria<?, ?> criteria) throws ModelNotFoundException {
    Class<?> input = criteria.getInputClass();
    boolean reads =
        (input == String.class && !card.reads().equals("images"))
            || ((input == Image.class || input == ImageSource.class)
                && !card.reads().equals("texts"));
    if (!reads || criteria.getOutputClass() != float[].class) {
      String from = !card.reads().equals("images") ? "String" : "Image";
      throw new ModelNotFoundException(
          "'%s' turns %s into float[]; set these types in the criteria"
              .formatted(card.name(), from));
    }
    if (criteria.getTranslatorFactory() != null) {
      throw new ModelNotFoundException(
          "'" + card.name() + "' brings its own translator; leave it out of the criteria");
    }
  }
}
