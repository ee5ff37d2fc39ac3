// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.exported;

import io.github.djlstitch.encoders.internal.weights.OnnxBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Small ONNX graphs, written by hand. */
public final class OnnxModels {
  private static final int FLOAT = 1;
  private static final int INT64 = 7;
  private static final String[] FREE = {"batch", "sequence"};

  private final OnnxBytes graph = new OnnxBytes().text(2, "g");
  private int opset = 13;
  private final List<OnnxBytes> values = new ArrayList<>();

  private OnnxModels() {}

  /** Ids (B, T) to the rows of a table (50, 3), which are (id, id^2 / 50, 1). */
  public static OnnxModels text(String... outputs) {
    return textOf(table(), outputs);
  }

  /** The values of that table. */
  public static float[] table() {
    float[] table = new float[150];
    for (int i = 0; i < 50; i++) {
      table[3 * i] = i;
      table[3 * i + 1] = i * i / 50f;
      table[3 * i + 2] = 1;
    }
    return table;
  }

  /** Ids (B, T) to the rows of a given table (50, 3). */
  public static OnnxModels textOf(float[] table, String... outputs) {
    var model = new OnnxModels();
    model.graph.initializer(OnnxBytes.tensor("table", new long[] {50, 3}, table));
    model.input("input_ids", INT64, FREE).input("attention_mask", INT64, FREE);
    model.node("Gather", "table", "input_ids", "states");
    for (String output : outputs) {
      if (output.equals("sentence_embedding") || output.equals("pooler_output")) {
        OnnxBytes axes = new OnnxBytes().text(1, "axes").number(8, 1).number(20, 7);
        OnnxBytes keep = new OnnxBytes().text(1, "keepdims").number(3, 0).number(20, 2);
        model.node("ReduceMax", List.of(axes, keep), "states", output);
        model.output(output, FLOAT, "batch", "3");
      } else {
        model.node("Identity", "states", output).output(output, FLOAT, "batch", "sequence", "3");
      }
    }
    return model;
  }

  /** Pixels (B, 3, H, W) to their means. */
  public static OnnxModels image(String output, String... shape) {
    var model = new OnnxModels().input("pixel_values", FLOAT, shape);
    model.node("GlobalAveragePool", "pixel_values", "map");
    return output.equals("last_hidden_state")
        ? model.node("Identity", "pixel_values", output).output(output, FLOAT, shape)
        : model.node("Flatten", "map", output).output(output, FLOAT, shape[0], "3");
  }

  /** Pixels (B, 3, H, W) to the logarithm of nothing. */
  public static OnnxModels infiniteImage(String... shape) {
    var model = new OnnxModels().input("pixel_values", FLOAT, shape);
    model.node("GlobalAveragePool", "pixel_values", "map").node("Flatten", "map", "flat");
    model.node("Sub", "flat", "flat", "zero").node("Log", "zero", "image_embeds");
    return model.output("image_embeds", FLOAT, shape[0], "3");
  }

  OnnxModels input(String name, int type, String... shape) {
    values.add(new OnnxBytes().bytes(11, value(name, type, shape)));
    return this;
  }

  OnnxModels output(String name, int type, String... shape) {
    values.add(new OnnxBytes().bytes(12, value(name, type, shape)));
    return this;
  }

  /** Another operator set than 13. */
  OnnxModels opset(int version) {
    opset = version;
    return this;
  }

  /** A node; the last name is its output's. */
  OnnxModels node(String operator, String... names) {
    return node(operator, List.of(), names);
  }

  OnnxModels node(String operator, List<OnnxBytes> attributes, String... names) {
    var node = new OnnxBytes();
    for (int i = 0; i < names.length; i++) {
      node.text(i == names.length - 1 ? 2 : 1, names[i]);
    }
    int dot = operator.lastIndexOf('.');
    node.text(4, operator.substring(dot + 1));
    attributes.forEach(a -> node.bytes(5, a.toBytes()));
    if (dot > 0) {
      node.text(7, operator.substring(0, dot));
    }
    graph.node(node);
    return this;
  }

  /** Adds a tensor. */
  OnnxModels initializer(OnnxBytes tensor) {
    graph.initializer(tensor);
    return this;
  }

  /** The bytes of the file. */
  public byte[] bytes() {
    values.forEach(v -> graph.raw(v.toBytes()));
    values.clear();
    var operators = new OnnxBytes().text(1, "").number(2, opset).toBytes();
    var custom = new OnnxBytes().text(1, "org.example").number(2, 1).toBytes();
    return new OnnxBytes()
        .number(1, 7)
        .bytes(7, graph.toBytes())
        .bytes(8, operators)
        .bytes(8, custom)
        .toBytes();
  }

  Path write(Path folder) throws IOException {
    return Files.write(folder.resolve("g.onnx"), bytes());
  }

  private static byte[] value(String name, int type, String... shape) {
    var dims = new OnnxBytes();
    for (String dim : shape) {
      boolean fixed = Character.isDigit(dim.charAt(0));
      var one = new OnnxBytes();
      dims.bytes(1, (fixed ? one.number(1, Long.parseLong(dim)) : one.text(2, dim)).toBytes());
    }
    byte[] tensor = new OnnxBytes().number(1, type).bytes(2, dims.toBytes()).toBytes();
    return new OnnxBytes()
        .text(1, name)
        .bytes(2, new OnnxBytes().bytes(1, tensor).toBytes())
        .toBytes();
  }
}
