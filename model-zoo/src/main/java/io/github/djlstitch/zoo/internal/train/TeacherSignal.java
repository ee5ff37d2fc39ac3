// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Sha256;
import java.util.Arrays;

/** A frozen teacher that a student learns from beside labels; row i is of sample i. Immutable. */
public sealed interface TeacherSignal {
  /** Weight of its loss beside the cross-entropy, at least 0. */
  double weight();

  /** Describes all that determines its loss. */
  String describe();

  /** No teacher. */
  static TeacherSignal none() {
    return new None();
  }

  /** No teacher: labels alone. */
  record None() implements TeacherSignal {
    @Override
    public double weight() {
      return 0;
    }

    @Override
    public String describe() {
      return "none";
    }
  }

  /**
   * The teacher's class scores, softened by a temperature (Hinton et al. 2015, arXiv:1503.02531).
   *
   * @param scores of a head on the teacher, shape (N, C)
   * @param temperature T above 0
   */
  record Logits(FloatMatrix scores, double temperature, double weight) implements TeacherSignal {
    /** Checks the ranges. */
    public Logits {
      requirePositive("temperature", temperature);
      requirePositive("weight", weight);
    }

    /**
     * Returns the mean of {@code T² KL(softmax(teacher / T) || softmax(student / T))}.
     *
     * @param student shape (B, C), differentiable
     * @param teacher shape (B, C)
     */
    static NDArray loss(NDArray student, NDArray teacher, double temperature) {
      // Numbers are arrays that live as long as the step: DJL frees its own before the gradient.
      NDManager scope = student.getManager();
      NDArray t = scope.create((float) temperature); // ()
      NDArray known = teacher.div(t).logSoftmax(1); // (B, C)
      NDArray learned = student.div(t).logSoftmax(1); // (B, C)
      NDArray scale = // ()
          scope.create((float) (temperature * temperature / student.getShape().get(0)));
      return known.exp().mul(known.sub(learned)).sum().mul(scale); // ()
    }

    @Override
    public String describe() {
      return "logits temperature=" + temperature + " weight=" + weight + digest(scores);
    }
  }

  /**
   * The teacher's relative representations (Moschella et al. 2023, arXiv:2209.15430, section 4.2,
   * names relative similarity as a supervision signal as future work): the student's own, to the
   * same anchors as it encodes them now, are pulled to the teacher's, whatever the axes and widths
   * of the two spaces.
   *
   * @param relative of the teacher, shape (N, M)
   * @param anchors rows of the M anchors among the samples
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Relative(FloatMatrix relative, int[] anchors, double weight) implements TeacherSignal {
    /** Copies the anchors and checks the ranges. */
    public Relative {
      anchors = anchors.clone();
      requirePositive("weight", weight);
      if (anchors.length != relative.columns()) {
        throw StitchException.usage(
            "%d anchors for relative vectors of %d values; each anchor is one value",
            anchors.length, relative.columns());
      }
    }

    @Override
    public int[] anchors() {
      return anchors.clone();
    }

    /**
     * Returns the mean squared difference of relative vectors.
     *
     * @param student shape (B, M), differentiable
     * @param teacher shape (B, M)
     */
    static NDArray loss(NDArray student, NDArray teacher) {
      return student.sub(teacher).square().mean(); // ()
    }

    @Override
    public String describe() {
      String where = Sha256.builder().add(Arrays.toString(anchors)).hex();
      return "relative weight=" + weight + " anchors=" + where + digest(relative);
    }
  }

  private static void requirePositive(String what, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw StitchException.usage(
          "a teacher's signal of %s %s; expected a number above 0", what, value);
    }
  }

  private static String digest(FloatMatrix values) {
    var digest = Sha256.builder();
    for (float value : values.toArray()) {
      digest.add(Float.floatToIntBits(value));
    }
    return " teacher=" + digest.hex();
  }
}
