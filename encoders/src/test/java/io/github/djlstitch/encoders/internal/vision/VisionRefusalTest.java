// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.encoders.options.NumberType;
import io.github.djlstitch.encoders.options.Pooling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisionRefusalTest {
  private static final ImageSize SIDE = ImageSize.square(32);

  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final Map<String, Shape> shapes = FormulaModels.timm(64, 2, 32, 16, 3);

  @TempDir private Path folder;

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "blocks.0.ls1.gamma",
        "blocks.1.gamma_1",
        "norm_pre.weight",
        "reg_token",
        "blocks.0.attn.q_norm.weight",
        "fc_norm2.weight",
        "blocks.2.norm2.weight",
        "attn_pool.latent"
      })
  void tensorsThatWouldChangeTheVectorsAreNamed(String name) {
    shapes.put(name, new Shape(64));
    refused("tensor '" + name + "'", this::vit);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "head.weight",
        "head_dist.bias",
        "pre_logits.fc.weight",
        "mask_token",
        "head.bias"
      })
  void headsTakeNoPart(String name) {
    float[] without = FormulaModels.forward(vit(), manager);
    shapes.put(name, new Shape(64));
    assertArrayEquals(without, FormulaModels.forward(vit(), manager));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cls_token",
        "pos_embed",
        "patch_embed.proj.bias",
        "blocks.1.attn.qkv.bias",
        "norm.weight"
      })
  void aMissingTensorIsNamed(String name) {
    shapes.remove(name);
    refused("lacks tensor '" + name + "'", this::vit);
  }

  // For one of 2^31 - 1 blocks, names and shapes alone would take all memory.
  @Test
  void moreBlocksThanTensorsAreRefusedBeforeAnyIsMade() throws IOException {
    for (int depth : new int[] {3, 100, Integer.MAX_VALUE}) {
      var card =
          card(
              "{'architecture': 'vit_tiny_patch16_224', 'input_size': [3, 32, 32],"
                  + " 'model_args': {'depth': "
                  + depth
                  + "}}");
      var weights = new FormulaWeights(shapes);
      refused(
          "lacks tensor 'blocks." + (depth - 1) + ".norm1.weight'",
          () -> load(VitConfig.timm(card, weights), weights));
    }
    var card =
        card(
            "{'model_type': 'vit', 'num_hidden_layers': 2147483647, 'hidden_size': 2147483640,"
                + " 'num_attention_heads': 12}");
    VitConfig config = VitConfig.huggingFace(card);
    refused("tensors are too few for", () -> load(config, new FormulaWeights(shapes)));
  }

  @Test
  void morePatchesThanAnyNetworkHasAreRefused() throws IOException {
    var card = card("{'model_type': 'vit', 'image_size': 2147483647, 'patch_size': 1}");
    refused("patches of 1 x 1 pixels, expected at most 65536", () -> VitConfig.huggingFace(card));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void aWeightThatIsNotFiniteIsNamed(float value) {
    var weights = new OneWrong(new FormulaWeights(shapes), value);
    refused(
        "tensor 'blocks.1.mlp.fc1.weight' of shape (256, 64) has the value "
            + value
            + " at position 77",
        () -> FormulaModels.forward(load(config(), weights), manager));
  }

  @Test
  void largeWeightsAreFinite() {
    var weights = new OneWrong(new FormulaWeights(shapes), Float.MAX_VALUE);
    load(config(), weights);
  }

  /** A checkpoint with another value at one place. */
  private record OneWrong(WeightSource source, float value) implements WeightSource {
    @Override
    public java.util.Set<String> names() {
      return source.names();
    }

    @Override
    public Shape shape(String name) {
      return source.shape(name);
    }

    @Override
    public ai.djl.ndarray.NDArray tensor(NDManager manager, String name) {
      float[] values = source.tensor(manager, name).toFloatArray();
      if (name.equals("blocks.1.mlp.fc1.weight")) {
        values[77] = value;
      }
      return manager.create(values, shape(name));
    }
  }

  @Test
  void aTensorOfAnotherShapeIsNamedWithBothShapes() {
    shapes.put("blocks.0.mlp.fc2.weight", new Shape(256, 64));
    refused("tensor 'blocks.0.mlp.fc2.weight' has shape (256, 64)", this::vit);
    shapes.put("blocks.0.mlp.fc2.weight", new Shape(64, 256));
    shapes.put("pos_embed", new Shape(1, 6, 64));
    refused("'pos_embed' has shape (1, 6, 64)", this::vit);
  }

  @Test
  void aMatrixOfPatchesIsAConvolution() throws IOException {
    var card = card("{'architecture': 'vit_tiny_patch16_224', 'input_size': [3, 32, 32]}");
    var convolution = new FormulaWeights(shapes);
    var matrix = new Flattened(convolution);
    float[] expected =
        FormulaModels.forward(load(VitConfig.timm(card, convolution), convolution), manager);
    float[] found = FormulaModels.forward(load(VitConfig.timm(card, matrix), matrix), manager);
    assertArrayEquals(expected, found);
  }

  /** As timm saved its first models. */
  private record Flattened(WeightSource source) implements WeightSource {
    private static final String PATCHES = "patch_embed.proj.weight";

    @Override
    public java.util.Set<String> names() {
      return source.names();
    }

    @Override
    public Shape shape(String name) {
      Shape shape = source.shape(name);
      return name.equals(PATCHES) ? new Shape(shape.get(0), shape.size() / shape.get(0)) : shape;
    }

    @Override
    public ai.djl.ndarray.NDArray tensor(NDManager manager, String name) {
      return source.tensor(manager, name).reshape(shape(name));
    }
  }

  @Test
  void theNamesInMemoryOfTransformersAreUnderstood() throws IOException {
    Golden golden = Golden.open("hf-vit-classifier");
    VitConfig config = VitConfig.huggingFace(golden.config());
    Map<String, Shape> old = new HashMap<>();
    VitTensors.of(config, golden.weights()).shapes().forEach(old::put);
    Map<String, Shape> modern = new HashMap<>();
    old.forEach(
        (name, shape) ->
            modern.put(
                name.replace("encoder.layer.", "layers.")
                    .replace("attention.attention.query", "attention.q_proj")
                    .replace("attention.attention.key", "attention.k_proj")
                    .replace("attention.attention.value", "attention.v_proj")
                    .replace("attention.output.dense", "attention.o_proj")
                    .replace("intermediate.dense", "mlp.fc1")
                    .replace("output.dense", "mlp.fc2"),
                shape));
    assertEquals(old.keySet(), VitWeights.of(config, new FormulaWeights(modern)).names());
    modern.put("encoder.layer.0.output.dense.bias", new Shape(32));
    refused(
        "'encoder.layer.0.output.dense.bias'",
        () -> VitWeights.of(config, new FormulaWeights(modern)));
  }

  @Test
  void imagesThatPatchesDoNotTileAreRefused() {
    VitConfig config = config();
    refused("an image of 40 x 32 pixels", () -> config.at(new ImageSize(40, 32)));
    refused("0 x 32", () -> new ImageSize(0, 32));
    var pixels = manager.zeros(new Shape(1, 3, 48, 48));
    refused(
        "pixels of shape (1, 3, 48, 48); this network reads (B, 3, 32, 32)",
        () -> Golden.forward(vit(), pixels));
  }

  @ParameterizedTest
  @CsvSource({
    "3, CLS, layer 3",
    "-4, CLS, layer -4",
    "1, POOLER, layer 1",
    "2, POOLER, no trained pooler",
    "2, LAST, 'last'",
    "-2147483648, POOLER, all layers were requested"
  })
  void whatANetworkCannotGiveIsRefused(int layer, Pooling pooling, String part) {
    var weights = new FormulaWeights(shapes);
    var readout = new Readout(layer, pooling, false);
    refused(
        part,
        () -> VisionTransformer.load(config(), readout, NumberType.FLOAT32, weights, manager));
  }

  @Test
  void aReXNetHasNoTokens() {
    var weights = new FormulaWeights(RexNetShape.of(1).tensors());
    var config = new RexNetConfig(1, SIDE);
    refused(
        "needs tokens",
        () -> RexNet.load(config, Readout.of(Pooling.CLS), NumberType.FLOAT32, weights, manager));
    refused(
        "give one layer",
        () ->
            RexNet.load(
                config,
                new Readout(EncoderOptions.EVERY_LAYER, Pooling.OWN, false),
                NumberType.FLOAT32,
                weights,
                manager));
    refused(
        "layer 18",
        () ->
            RexNet.load(
                config, new Readout(18, Pooling.OWN, false), NumberType.FLOAT32, weights, manager));
    var wider = new RexNetConfig(1.3, SIDE);
    refused(
        "tensor 'stem.conv.weight' has shape (32, 3, 3, 3)",
        () -> RexNet.load(wider, Readout.of(Pooling.OWN), NumberType.FLOAT32, weights, manager));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'architecture': 'rexnetr_200'} | rexnetr_",
        "{'architecture': 'resnet50'} | 'resnet50'",
        "{'architecture': 'rexnet_100', 'global_pool': 'max'} | global_pool",
        "{'architecture': 'rexnet_100', 'model_args': {'ch_div': 8}} | ch_div",
        "{'architecture': 'rexnet_000'} | width multiplier",
        "{'architecture': 'rexnet_100', 'input_size': [1, 32, 32]} | input_size",
      })
  void reXNetsOfOtherKindsAreRefused(String json, String part) throws IOException {
    JsonCard card = card(json);
    refused(part, () -> RexNetConfig.timm(card));
  }

  @Test
  void aReXNetsConfigurationIsRead() throws IOException {
    var config =
        RexNetConfig.timm(
            card("{'architecture': 'rexnet_150', 'pretrained_cfg': {'input_size': [3, 48, 40]}}"));
    assertEquals(new RexNetConfig(1.5, new ImageSize(48, 40)), config);
    assertEquals(
        0.7,
        RexNetConfig.timm(card("{'architecture': 'rexnet_100', 'model_args': {'width_mult': 0.7}}"))
            .multiplier());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'architecture': 'beit_base_patch16_224'} | beit_base",
        "{'architecture': 'vit_tiny_patch16_224', 'global_pool': 'map'} | 'map'",
        "{'architecture': 'vit_tiny_patch16_224', 'model_args': {'reg_tokens': 4}} | reg_tokens",
        "{'architecture': 'vit_tiny_patch16_224', 'model_args': {'class_token': false}} | class_token",
        "{'architecture': 'vit_tiny_patch16_224', 'model_args': {'init_values': 1e-5}} | init_values",
        "{'architecture': 'vit_tiny_patch16_224', 'model_args': {'act_layer': 'silu'}} | act_layer",
        "{'architecture': 'vit_tiny_patch16_224', 'model_args': {'num_heads': 5}} | 5 heads",
        "{'architecture': 'vit_tiny_patch16_224', 'model_args': {'num_heads': 0}} | num_heads"
      })
  void visionTransformersOfOtherKindsAreRefused(String json, String part) throws IOException {
    JsonCard card = card(json);
    refused(part, () -> VitConfig.timm(card, new FormulaWeights(shapes)));
  }

  @Test
  void headsFollowFromTheArchitectureOrAreRefused() throws IOException {
    JsonCard tiny = card("{'architecture': 'vit_tiny_patch16_224'}");
    assertEquals(1, VitConfig.timm(tiny, new FormulaWeights(shapes)).heads());
    assertEquals(8, VitConfig.timm(tiny, new FormulaWeights(shapes), 8).heads());
    JsonCard huge = card("{'architecture': 'vit_huge_patch14_224'}");
    assertEquals(16, VitConfig.timm(huge, new FormulaWeights(shapes)).heads());
    var narrow = new FormulaWeights(FormulaModels.timm(32, 2, 32, 16, 3));
    refused("give model_args.num_heads", () -> VitConfig.timm(tiny, narrow));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'model_type': 'beit'} | 'beit'",
        "{'model_type': 'vit', 'hidden_act': 'relu'} | relu",
        "{'model_type': 'vit', 'hidden_act': 'silu'} | hidden_act",
        "{'model_type': 'vit', 'num_channels': 1} | num_channels",
        "{'model_type': 'vit', 'patch_size': [16, 8]} | patch_size",
        "{'model_type': 'vit', 'image_size': [1, 2, 3]} | image_size",
        "{'model_type': 'vit', 'image_size': []} | image_size",
        "{'model_type': 'vit', 'hidden_size': 770, 'num_attention_heads': 12} | 770"
      })
  void configurationsOfOtherKindsAreRefused(String json, String part) throws IOException {
    JsonCard card = card(json);
    refused(part, () -> VitConfig.huggingFace(card));
  }

  @Test
  void absentFieldsHaveTheClasssValues() throws IOException {
    VitConfig vit = VitConfig.huggingFace(card("{'model_type': 'vit'}"));
    assertEquals(1e-12, vit.epsilon());
    assertEquals(12, vit.heads());
    assertEquals(ImageSize.square(224), vit.image());
    VitConfig clip =
        VitConfig.clip(card("{'model_type': 'clip', 'vision_config': {'patch_size': 14}}"));
    assertEquals(14, clip.patch());
    assertEquals(1e-5, clip.epsilon());
  }

  private VisionNetwork vit() {
    var weights = new FormulaWeights(shapes);
    return load(config(), weights);
  }

  private VisionNetwork load(VitConfig config, WeightSource weights) {
    return VisionTransformer.load(
        config, Readout.of(Pooling.OWN), NumberType.FLOAT32, weights, manager);
  }

  private VitConfig config() {
    try {
      var complete = new FormulaWeights(FormulaModels.timm(64, 2, 32, 16, 3));
      return VitConfig.timm(
          card("{'architecture': 'vit_tiny_patch16_224', 'input_size': [3, 32, 32]}"), complete);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private JsonCard card(String json) throws IOException {
    Path file = folder.resolve("config.json");
    Files.writeString(file, json.replace('\'', '"'));
    return JsonCard.read(file);
  }

  private static void refused(String part, Executable call) {
    var e = assertThrows(StitchException.class, call);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
