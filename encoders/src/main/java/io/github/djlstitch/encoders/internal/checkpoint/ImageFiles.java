// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.internal.encoder.FrozenImageEncoder;
import io.github.djlstitch.encoders.internal.exported.ExportedVision;
import io.github.djlstitch.encoders.internal.exported.OnnxRuntime;
import io.github.djlstitch.encoders.internal.image.ImagePreprocessing;
import io.github.djlstitch.encoders.internal.vision.ImageSize;
import io.github.djlstitch.encoders.internal.vision.VisionNetwork;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.encoders.options.Pooling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files and options that an image encoder is opened from. */
record ImageFiles(
    ModelFolder folder,
    JsonCard config,
    ImageArchitecture architecture,
    WeightsFile weights,
    EncoderOptions options,
    FilesDigest digests) {
  static ImageFiles of(
      ModelFolder folder,
      JsonCard config,
      ImageArchitecture architecture,
      EncoderOptions options,
      FilesDigest digests) {
    var weights = WeightsFile.find(folder, architecture.isBuiltIn(), options.trustCode());
    Exports.requirePossible(weights, options);
    if (options.scale().isPresent()) {
      throw Exports.noScale(folder, architecture.name());
    }
    return new ImageFiles(folder, config, architecture, weights, options, digests);
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
    return digests.of(reading, folder, files).hex();
  }

  private Readout readout() {
    int layer = options.layer().orElse(Readout.LAST_LAYER);
    return new Readout(layer, options.pooling().orElse(Pooling.OWN), false);
  }

  private ImagePreprocessing preprocessing() {
    ImagePreprocessing own = architecture.preprocessing(folder);
    return options.imageSide().isPresent()
        ? own.withSize(options.imageSide().getAsInt(), options.imageSide().getAsInt())
        : own;
  }

  private VisionNetwork network(ImagePreprocessing preprocessing, NDManager manager) {
    var size = new ImageSize(preprocessing.height(), preprocessing.width());
    return weights.isTensors()
        ? architecture.load(weights.open(), size, readout(), options, manager)
        : exported(size, manager);
  }

  private ExportedVision exported(ImageSize size, NDManager manager) {
    var reading = new ExportedVision.Reading(readout().pooling(), false, size);
    return weights.format() == WeightsFile.Format.ONNX
        ? ExportedVision.onnx(weights.path(), reading, manager)
        : ExportedVision.torchScript(weights.path(), reading, manager);
  }
}
