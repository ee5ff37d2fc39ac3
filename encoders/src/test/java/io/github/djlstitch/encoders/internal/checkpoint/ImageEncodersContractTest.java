// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import io.github.djlstitch.core.internal.file.SafetensorsWriter;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.core.internal.file.Tensor;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.encoders.EncoderContract;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.encoders.image.RgbImage;
import io.github.djlstitch.encoders.internal.encoder.FrozenImageEncoder;
import io.github.djlstitch.encoders.internal.encoder.PortableEncoder;
import io.github.djlstitch.encoders.internal.exported.OnnxModels;
import io.github.djlstitch.encoders.internal.exported.TorchScriptFiles;
import io.github.djlstitch.encoders.internal.image.ImagePreprocessing;
import io.github.djlstitch.encoders.internal.vision.FormulaModels;
import io.github.djlstitch.encoders.internal.vision.FormulaWeights;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.encoders.options.NumberType;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of image encoder, as it is opened from its folder. */
final class ImageEncodersContractTest {
  private static final String PROCESSOR =
      "{%s, \"image_mean\": [0.5, 0.5, 0.5], \"image_std\": [0.5, 0.5, 0.5]}";

  /** Noise, larger with the seed. */
  private record Noise(int seed) implements ImageSource {
    @Override
    public String name() {
      return "noise " + seed;
    }

    @Override
    public RgbImage decode() {
      int width = 20 + 10 * seed;
      int height = 30 + seed;
      byte[] pixels = new byte[3 * width * height];
      new Random(seed).nextBytes(pixels);
      return RgbImage.wrap(width, height, pixels);
    }

    @Override
    public void addTo(Sha256 digest) {
      digest.add(seed);
    }
  }

  private abstract static class Images extends EncoderContract<ImageSource> {
    @TempDir Path parent;

    /** Makes the folder. */
    abstract Folder folder(Path where, boolean damaged) throws IOException;

    @Override
    protected Encoder<ImageSource> open(EncoderOptions options) throws IOException {
      return open(options, false);
    }

    @Override
    protected Encoder<ImageSource> openDamaged(EncoderOptions options) throws IOException {
      return open(options, true);
    }

    private Encoder<ImageSource> open(EncoderOptions options, boolean damaged) throws IOException {
      Path where = Files.createTempDirectory(parent, "model");
      return Checkpoint.open(folder(where, damaged).path())
          .imageEncoder("mine", options.trustingCode());
    }

    @Override
    protected List<ImageSource> inputs() {
      return IntStream.range(0, 7).<ImageSource>mapToObj(Noise::new).toList();
    }

    @Override
    protected NDList prepared(
        PortableEncoder encoder, List<ImageSource> images, NDManager manager) {
      ImagePreprocessing steps = ((FrozenImageEncoder) encoder).preprocessing();
      var shape = new Shape(images.size(), 3, steps.height(), steps.width());
      FloatBuffer pixels = FloatBuffer.allocate((int) shape.size());
      images.forEach(image -> steps.apply(image, pixels));
      return new NDList(manager.create(pixels.array(), shape)); // (B, 3, H, W)
    }

    @Override
    protected String nameOf(ImageSource input) {
      return "image '" + input.name() + "' (batch 0)";
    }
  }

  private abstract static class Fixture extends Images {
    private final String name;
    private final String size;

    Fixture(String name, String size) {
      this.name = name;
      this.size = size;
    }

    @Override
    Folder folder(Path where, boolean damaged) throws IOException {
      Folder folder = Folder.of(where, name);
      if (size.isEmpty()) {
        var heads = new JsonObject();
        heads.addProperty("num_heads", 4); // which neither name nor shapes of the fixture tell
        folder.config(config -> config.add("model_args", heads));
      } else {
        folder.put("preprocessor_config.json", PROCESSOR.formatted(size));
      }
      return damaged ? folder.damage() : folder;
    }
  }

  private abstract static class Exported extends Images {
    @Override
    Folder folder(Path where, boolean damaged) throws IOException {
      Folder folder = new Folder(where, new JsonObject()).put("config.json", "{}");
      String processor = "\"image_processor_type\": \"ViTImageProcessor\", \"size\": 32";
      folder.put("preprocessor_config.json", PROCESSOR.formatted(processor));
      return graph(folder, damaged);
    }

    abstract Folder graph(Folder folder, boolean damaged) throws IOException;

    @Override
    protected String unexportable() {
      return "is an exported graph, which cannot be exported again";
    }

    @Override
    protected List<NumberType> numbers() {
      return List.of(NumberType.FLOAT32);
    }
  }

  @Nested
  final class TimmTransformer extends Fixture {
    TimmTransformer() {
      super("timm-vit", "");
    }
  }

  @Nested
  final class TimmDistilled extends Fixture {
    TimmDistilled() {
      super("timm-deit-distilled", "");
    }
  }

  @Nested
  final class TimmHybrid extends Fixture {
    TimmHybrid() {
      super("timm-hybrid", "");
    }
  }

  @Nested
  final class HuggingFaceTransformer extends Fixture {
    HuggingFaceTransformer() {
      super("hf-vit-classifier", "\"size\": 32");
    }
  }

  @Nested
  final class ClipImages extends Fixture {
    ClipImages() {
      super("clip", "\"size\": {\"shortest_edge\": 32}, \"crop_size\": 32");
    }
  }

  @Nested
  final class ReXNet extends Images {
    private static final double MULTIPLIER = 0.25;

    @Override
    Folder folder(Path where, boolean damaged) throws IOException {
      Folder folder =
          new Folder(where, new JsonObject())
              .put(
                  "config.json",
                  "{\"architecture\": \"rexnet_100\", \"model_args\": {\"width_mult\": "
                      + MULTIPLIER
                      + "}, \"pretrained_cfg\": {\"input_size\": [3, 32, 32], \"interpolation\":"
                      + " \"bicubic\", \"crop_pct\": 0.9, \"mean\": [0.5, 0.5, 0.5],"
                      + " \"std\": [0.5, 0.5, 0.5]}}");
      WeightSource weights = FormulaModels.rexNetWeights(MULTIPLIER);
      List<Tensor> tensors =
          weights.names().stream().sorted().map(n -> tensor(n, weights.shape(n))).toList();
      SafetensorsWriter.write(where.resolve("model.safetensors"), Map.of(), tensors);
      return damaged ? folder.damage() : folder;
    }

    private static Tensor tensor(String name, Shape shape) {
      int[] sizes = Arrays.stream(shape.getShape()).mapToInt(Math::toIntExact).toArray();
      return Tensor.floats(name, sizes, FormulaWeights.values(name, shape));
    }
  }

  @Nested
  final class OnnxGraph extends Exported {
    @Override
    Folder graph(Folder folder, boolean damaged) throws IOException {
      String[] shape = {"batch", "3", "32", "32"};
      var model =
          damaged ? OnnxModels.infiniteImage(shape) : OnnxModels.image("image_embeds", shape);
      return folder.put("model.onnx", model.bytes());
    }
  }

  @Nested
  final class TorchScriptProgram extends Exported {
    @Override
    Folder graph(Folder folder, boolean damaged) throws IOException {
      String result = damaged ? "torch.log(torch.sub(m, m))" : "m";
      return folder.put(
          "model.pt",
          TorchScriptFiles.of(
              "def forward(self: __torch__.M, x: Tensor) -> Tensor:\n"
                  + "  m = torch.mean(x, [2, 3])\n"
                  + "  return %s\n".formatted(result)));
    }
  }
}
