// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.internal.encoder.FrozenImageEncoder;
import io.github.djlstitch.encoders.internal.exported.ExportedVision;
import io.github.djlstitch.encoders.internal.exported.OnnxRuntime;
import io.github.djlstitch.encoders.internal.image.ImagePreprocessing;
import io.github.djlstitch.encoders.internal.vision.ImageSize;
import io.github.djlstitch.encoders.internal.vision.RexNet;
import io.github.djlstitch.encoders.internal.vision.RexNetConfig;
import io.github.djlstitch.encoders.internal.vision.VisionNetwork;
import io.github.djlstitch.encoders.internal.vision.VisionTransformer;
import io.github.djlstitch.encoders.internal.vision.VitConfig;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.encoders.options.Pooling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files and options that an image encoder is opened from. */
record ImageFiles(
    ModelFolder folder,
    JsonCard config,
    Architecture architecture,
    WeightsFile weights,
    EncoderOptions options) {
  private static final String PREPROCESSOR = "preprocessor_config.json";
  private static final String PROCESSOR = "processor_config.json"; // of transformers 5 on
  private static final String IN_PROCESSOR = "image_processor";

  static ImageFiles of(
      ModelFolder folder, JsonCard config, Architecture architecture, EncoderOptions options) {
    boolean known = architecture.kind() != Architecture.Kind.EXPORTED;
    var weights = WeightsFile.find(folder, known, options.trustCode());
    Exports.requirePossible(weights, options);
    folder.requireNoScale(options, architecture.name());
    return new ImageFiles(folder, config, architecture, weights, options);
  }

  /** Tests for an image processor's configuration in the folder. */
  static boolean hasPreprocessing(ModelFolder folder) {
    return processor(folder).isPresent();
  }

  FrozenImageEncoder open(String id) {
    if (weights.format() == WeightsFile.Format.ONNX) {
      OnnxRuntime.require();
    }
    ImagePreprocessing preprocessing = preprocessing();
    var identity = new FrozenImageEncoder.Identity(id, sha256());
    return FrozenImageEncoder.open(
        identity,
        preprocessing,
        manager -> network(preprocessing, manager),
        Exports.device(weights, options),
        options.batch());
  }

  String sha256() {
    List<Path> files = new ArrayList<>(weights.files());
    if (folder.has(Checkpoint.CONFIG)) {
      files.add(folder.file(Checkpoint.CONFIG));
    }
    String reading =
        "image %d %s %s; %s"
            .formatted(
                readout().layer(),
                readout().pooling().id(),
                options.numbers().id(),
                preprocessing().describe());
    return FilesDigest.of(reading, folder, files).hex();
  }

  private Readout readout() {
    int layer = options.layer().orElse(Readout.LAST_LAYER);
    return new Readout(layer, options.pooling().orElse(Pooling.OWN), false);
  }

  private ImagePreprocessing preprocessing() {
    ImagePreprocessing own = ownPreprocessing();
    return options.imageSide().isPresent()
        ? own.withSize(options.imageSide().getAsInt(), options.imageSide().getAsInt())
        : own;
  }

  private ImagePreprocessing ownPreprocessing() {
    return switch (architecture.kind()) {
      case TIMM_VIT, TIMM_REXNET -> ImagePreprocessing.timm(config);
      default -> ImagePreprocessing.huggingFace(requireProcessor(), architecture.name());
    };
  }

  private JsonCard requireProcessor() {
    return processor(folder)
        .orElseThrow(
            () ->
                StitchException.badInput(
                    "model folder '%s' has no %s, which says how images are resized and"
                        + " normalized; get it too",
                    folder, PREPROCESSOR));
  }

  private static Optional<JsonCard> processor(ModelFolder folder) {
    return folder
        .card(PREPROCESSOR)
        .or(
            () ->
                folder
                    .card(PROCESSOR)
                    .filter(card -> card.givesCard(IN_PROCESSOR))
                    .map(card -> card.card(IN_PROCESSOR)));
  }

  private VisionNetwork network(ImagePreprocessing preprocessing, NDManager manager) {
    var size = new ImageSize(preprocessing.height(), preprocessing.width());
    if (!weights.isTensors()) {
      return exported(size, manager);
    }
    WeightSource tensors = weights.open();
    if (architecture.kind() == Architecture.Kind.TIMM_REXNET) {
      var rexNet = RexNetConfig.timm(config).at(size);
      return RexNet.load(rexNet, readout(), options.numbers(), tensors, manager);
    }
    VitConfig own = transformer(tensors);
    VitConfig sized = options.imageSide().isPresent() ? own.at(size) : own;
    return VisionTransformer.load(sized, readout(), options.numbers(), tensors, manager);
  }

  private VitConfig transformer(WeightSource tensors) {
    return switch (architecture.kind()) {
      case TIMM_VIT -> VitConfig.timm(config, tensors);
      case VIT -> VitConfig.huggingFace(config);
      default -> VitConfig.clip(config);
    };
  }

  private ExportedVision exported(ImageSize size, NDManager manager) {
    var reading = new ExportedVision.Reading(readout().pooling(), false, size);
    return weights.format() == WeightsFile.Format.ONNX
        ? ExportedVision.onnx(weights.path(), reading, manager)
        : ExportedVision.torchScript(weights.path(), reading, manager);
  }
}
