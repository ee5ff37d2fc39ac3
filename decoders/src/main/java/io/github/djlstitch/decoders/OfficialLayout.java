// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The classifiers of the official code of Moschella et al. 2023: hidden layers, each followed by a
 * normalization of every hidden feature over the batch, without scale, shift or running statistics.
 *
 * @param unit true to scale inputs to unit length first
 * @param norm of the inputs
 * @param hidden widths of the hidden layers
 * @param activation after each of them
 * @param rectified true if the class scores end in a ReLU
 */
record OfficialLayout(
    boolean unit, Norm norm, List<Integer> hidden, Activation activation, boolean rectified) {

  /** The normalization of the inputs. */
  enum Norm {
    NONE(0),
    /** Layer normalization with scale and shift. */
    LAYER(1),
    /** Each feature over the batch, as after hidden layers. */
    BATCH(2);

    private final int code;

    Norm(int code) {
      this.code = code;
    }
  }

  /** The activation behind each hidden layer. */
  enum Activation {
    SILU(0),
    TANH(1);

    private final int code;

    Activation(int code) {
      this.code = code;
    }
  }

  OfficialLayout {
    hidden = List.copyOf(hidden);
  }

  static OfficialLayout of(HeadOptions.Kind kind) {
    return switch (kind) {
      case OFFICIAL_TEXT -> text(false);
      case OFFICIAL_UNIT_TEXT -> text(true);
      case OFFICIAL_IMAGE ->
          new OfficialLayout(true, Norm.LAYER, List.of(768), Activation.TANH, false);
      // Its hidden layer is as wide as the ViT-S it was run on.
      case OFFICIAL_CURVE ->
          new OfficialLayout(true, Norm.BATCH, List.of(384), Activation.TANH, false);
      case LINEAR, MLP -> throw new IllegalArgumentException(kind.id());
    };
  }

  private static OfficialLayout text(boolean unit) {
    return new OfficialLayout(unit, Norm.LAYER, List.of(768, 768), Activation.SILU, true);
  }

  /** The names of the trained tensors, in the order of the network. */
  List<String> parameters() {
    List<String> names = new ArrayList<>();
    if (norm == Norm.LAYER) {
      names.addAll(List.of("norm.weight", "norm.bias"));
    }
    for (int i = 1; i <= hidden.size(); i++) {
      names.addAll(List.of("fc" + i + ".weight", "fc" + i + ".bias"));
    }
    names.addAll(List.of("out.weight", "out.bias"));
    return names;
  }

  /** The names of the normalizations over the batch, in the order of the network. */
  List<String> batchNorms() {
    List<String> names = new ArrayList<>();
    for (int i = norm == Norm.BATCH ? 0 : 1; i <= hidden.size(); i++) {
      names.add("bn" + i);
    }
    return names;
  }

  /** Rows and columns of the trained tensors, in the order of their names. */
  List<Size> sizes(int width, int classes) {
    List<Size> sizes = new ArrayList<>();
    if (norm == Norm.LAYER) {
      sizes.addAll(List.of(new Size(1, width), new Size(1, width)));
    }
    int from = width;
    List<Integer> widths = new ArrayList<>(hidden);
    widths.add(classes);
    for (int to : widths) {
      sizes.addAll(List.of(new Size(to, from), new Size(1, to)));
      from = to;
    }
    return sizes;
  }

  /** A tensor's shape; vectors have one row. */
  record Size(int rows, int columns) {}

  /** Encodes the layout as numbers, for the program that trains it. */
  double[] numbers() {
    return new double[] {
      unit ? 1 : 0, norm.code, hidden.size(), activation.code, rectified ? 1 : 0
    };
  }

  /** The layout followed by more numbers. */
  double[] numbersAnd(double... more) {
    double[] all = Arrays.copyOf(numbers(), numbers().length + more.length);
    System.arraycopy(more, 0, all, numbers().length, more.length);
    return all;
  }
}
