// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.encoders.options.NumberType;
import io.github.djlstitch.encoders.options.Pooling;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of text encoder against its reference library. */
@Tag("processor")
class TextFixtureTest {
  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bert-pretraining",
        "bert-legacy-gamma-beta",
        "roberta-mlm",
        "electra-small-projected",
        "electra-base-like",
        "distilbert-mlm",
        "mpnet"
      })
  void theBertFamily(String name) {
    var fixture = TextFixture.of(name);
    NDArray[] inputs = fixture.inputs(manager);
    var mean = load(fixture, Readout.of(Pooling.MEAN));
    fixture.assertEqualStates("last_hidden_state", mean.states(inputs));
    fixture.assertEqual("mean_pooled", TextFixture.vectors(mean, manager, inputs));
    var embeddings = load(fixture, new Readout(0, Pooling.CLS, false));
    fixture.assertEqual("embeddings_output_hidden_states_0", embeddings.states(inputs));
    if (fixture.has("pooler_output")) {
      var pooler = load(fixture, Readout.of(Pooling.POOLER));
      fixture.assertEqual("pooler_output", TextFixture.vectors(pooler, manager, inputs));
    }
  }

  @Test
  void clip() {
    var fixture = TextFixture.of("clip");
    var config = ClipTextConfig.of(fixture.config());
    NDArray[] inputs = fixture.inputs(manager);
    var features = clip(fixture, config, Readout.of(Pooling.POOLER));
    fixture.assertEqualStates("text_last_hidden_state", features.states(inputs));
    fixture.assertEqual(
        "text_projected_unnormalised", TextFixture.vectors(features, manager, inputs));
    var unit = clip(fixture, config, Readout.sentence(Pooling.POOLER));
    fixture.assertEqual("text_embeds", TextFixture.vectors(unit, manager, inputs));
  }

  // Of the last layer only the first token is computed.
  @ParameterizedTest
  @ValueSource(strings = {"bert-pretraining", "roberta-mlm", "electra-base-like", "mpnet", "clip"})
  void theFirstTokenAlone(String name) {
    var fixture = TextFixture.of(name);
    NDArray[] inputs = fixture.inputs(manager);
    var readout = Readout.of(Pooling.CLS);
    TextNetwork network =
        name.equals("clip")
            ? clip(fixture, ClipTextConfig.of(fixture.config()), readout)
            : load(fixture, readout);
    fixture.assertEqualFirst(
        name.equals("clip") ? "text_last_hidden_state" : "last_hidden_state",
        TextFixture.vectors(network, manager, inputs));
  }

  @ParameterizedTest
  @ValueSource(strings = {"xlm-roberta-tanh", "bert-relu-bf16", "mpnet-300-f16"})
  void everyLayerOfOtherKinds(String name) {
    var fixture = TextFixture.of(name);
    NDArray[] inputs = fixture.inputs(manager);
    int layers = TextConfig.of(fixture.config()).layers();
    for (int i = 0; i <= layers; i++) {
      var network = load(fixture, new Readout(i, Pooling.MEAN, false));
      fixture.assertEqualLayer(i, network.states(inputs));
      var same = load(fixture, new Readout(i - layers - 1, Pooling.MEAN, false));
      fixture.assertEqualLayer(i, same.states(inputs));
    }
  }

  // Those of single layers are compared with the reference above.
  @ParameterizedTest
  @CsvSource({
    "xlm-roberta-tanh, MEAN",
    "bert-relu-bf16, CLS",
    "mpnet-300-f16, MAX",
    "electra-small-projected, MEAN"
  })
  void allLayersInOnePass(String name, Pooling pooling) {
    var fixture = TextFixture.of(name);
    NDArray[] inputs = fixture.inputs(manager);
    int layers = TextConfig.of(fixture.config()).layers();
    var every = load(fixture, new Readout(EncoderOptions.EVERY_LAYER, pooling, true));
    NDArray found = TextFixture.vectors(every, manager, inputs);
    assertEquals(every.width(), found.getShape().get(1));
    int width = every.width() / (layers + 1);
    for (int i = 0; i <= layers; i++) {
      var one = load(fixture, new Readout(i, pooling, true));
      assertEquals(width, one.width());
      assertArrayEquals(
          TextFixture.vectors(one, manager, inputs).toFloatArray(),
          found.get(":, " + i * width + ":" + (i + 1) * width).toFloatArray(),
          1e-6f,
          "layer " + i);
    }
  }

  @Test
  void allLayersOfAClip() {
    var fixture = TextFixture.of("clip-text-projected");
    var config = ClipTextConfig.of(fixture.config());
    NDArray[] inputs = fixture.inputs(manager);
    int every = EncoderOptions.EVERY_LAYER;
    var network = clip(fixture, config, new Readout(every, Pooling.LAST, false));
    NDArray found = TextFixture.vectors(network, manager, inputs);
    for (int i = 0; i <= config.layers(); i++) {
      var one = clip(fixture, config, new Readout(i, Pooling.LAST, false));
      String columns = ":, " + i * config.width() + ":" + (i + 1) * config.width();
      float[] expected = TextFixture.vectors(one, manager, inputs).toFloatArray();
      assertArrayEquals(expected, found.get(columns).toFloatArray(), 1e-6f, "layer " + i);
    }
    var pooler = new Readout(every, Pooling.POOLER, false);
    var e = assertThrows(StitchException.class, () -> clip(fixture, config, pooler));
    assertEquals(StitchException.Kind.USAGE, e.kind());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert-relu-bf16", "mpnet-300-f16"})
  void thePoolerOfOtherKinds(String name) {
    var fixture = TextFixture.of(name);
    var pooler = load(fixture, Readout.of(Pooling.POOLER));
    fixture.assertEqual("pooler", TextFixture.vectors(pooler, manager, fixture.inputs(manager)));
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"POOLER", "OWN"})
  void everyPooling(Pooling pooling) {
    var fixture = TextFixture.of("xlm-roberta-tanh");
    NDArray[] inputs = fixture.inputs(manager);
    inputs[1] = inputs[1].mul(fixture.matrix(manager, "special_tokens_mask").add(1));
    var network = load(fixture, Readout.of(pooling));
    fixture.assertEqual(pooling.id(), TextFixture.vectors(network, manager, inputs));
  }

  @ParameterizedTest
  @ValueSource(strings = {"clip-text-projected", "clip-text-bare"})
  void everyLayerOfOtherClips(String name) {
    var fixture = TextFixture.of(name);
    var config = ClipTextConfig.of(fixture.config());
    NDArray[] inputs = fixture.inputs(manager);
    for (int i = 0; i < config.layers(); i++) {
      var network = clip(fixture, config, new Readout(i, Pooling.LAST, false));
      fixture.assertEqualLayer(i, network.states(inputs));
    }
    var network = clip(fixture, config, Readout.of(Pooling.POOLER));
    fixture.assertEqualStates("last_hidden_state", network.states(inputs));
    fixture.assertEqual("pooler", TextFixture.vectors(network, manager, inputs));
  }

  private TextTransformer load(TextFixture fixture, Readout readout) {
    return TextTransformer.load(
        TextConfig.of(fixture.config()), readout, NumberType.FLOAT32, fixture.weights(), manager);
  }

  private ClipTextTransformer clip(TextFixture fixture, ClipTextConfig config, Readout readout) {
    return ClipTextTransformer.load(
        config, readout, NumberType.FLOAT32, fixture.weights(), manager);
  }
}
