// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.encoders.image.RgbImage;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Converts an image to a vision encoder's input: resize, centered crop and normalization, to
 * float32 values of shape (3, height, width), red first. Bit for bit the same as timm and the
 * Pillow processors of Hugging Face transformers. Immutable and thread-safe.
 */
public final class ImagePreprocessing {
  /** Part of {@link #describe}; raise it when the same description gives other values. */
  private static final int VERSION = 1;

  private final Steps steps;
  private final PillowResize resizer;
  private final float[] table;

  /**
   * The settings that determine the output.
   *
   * @param resizeTo target of the resize rule, in pixels
   * @param fill value of each channel where the crop is larger than the image
   * @param origin makes the same steps for another crop size
   */
  record Steps(
      ResizeRule resize,
      Size resizeTo,
      ResizeFilter filter,
      CropRule cropRule,
      Size crop,
      List<Integer> fill,
      Normalization numbers,
      Resizable origin) {}

  /** Makes the same preprocessing for another input size. */
  @FunctionalInterface
  interface Resizable {
    Steps at(Size size);
  }

  private ImagePreprocessing(Steps steps) {
    this.steps = steps;
    this.resizer = PillowResize.with(steps.filter());
    this.table = steps.numbers().table();
  }

  /**
   * Reads the preprocessing from a timm configuration.
   *
   * @param config {@code config.json} of a timm repository, its {@code pretrained_cfg}, or the
   *     older form without that level; absent fields have timm's defaults
   * @throws StitchException (bad input) naming a value that is unknown
   */
  public static ImagePreprocessing timm(JsonCard config) {
    return new ImagePreprocessing(TimmConfig.read(config));
  }

  /**
   * Timm's default preprocessing: bicubic, centered crop of .875, mean and standard deviation of
   * ImageNet.
   */
  public static ImagePreprocessing timmDefault(int height, int width) {
    return new ImagePreprocessing(TimmConfig.standard(new Size(height, width)));
  }

  /**
   * Reads the preprocessing of ViT, DeiT or CLIP from a {@code preprocessor_config.json}.
   *
   * @param modelType {@code model_type} of the model's own configuration; used when the file names
   *     no image processor
   * @throws StitchException (bad input) naming a value that is unknown
   */
  public static ImagePreprocessing huggingFace(JsonCard config, String modelType) {
    return new ImagePreprocessing(HuggingFaceConfig.read(config, modelType));
  }

  /** The same steps for an encoder of another input size; the share that is cropped stays. */
  public ImagePreprocessing withSize(int height, int width) {
    return new ImagePreprocessing(steps.origin().at(new Size(height, width)));
  }

  /** Rows of the result. */
  public int height() {
    return steps.crop().height();
  }

  /** Columns of the result. */
  public int width() {
    return steps.crop().width();
  }

  /** Describes all settings that determine the values, in one line; for people and for digests. */
  public String describe() {
    return "image preprocessing %d: %s; %s, padded with %s; %s"
        .formatted(
            VERSION,
            steps.resize().describe(steps.resizeTo(), steps.filter()),
            steps.cropRule().describe(steps.crop()),
            steps.fill(),
            steps.numbers().describe());
  }

  /** The settings as a JSON object that other programs can follow. */
  public String json() {
    return PortablePreprocessing.json(steps);
  }

  /** The arguments with which DJL's translator of images comes nearest. */
  public Map<String, String> translatorArguments() {
    return PortablePreprocessing.arguments(steps);
  }

  /** Sentences on what DJL's translator does otherwise with these arguments; may be empty. */
  public List<String> translatorDifferences() {
    return PortablePreprocessing.differences(steps);
  }

  /**
   * Preprocesses one image.
   *
   * @return shape (3, height, width), row-major
   * @throws StitchException (bad input) if the image is too thin to be resized
   */
  public float[] apply(RgbImage image) {
    float[] values = new float[3 * height() * width()];
    apply(image, FloatBuffer.wrap(values));
    return values;
  }

  /**
   * As {@link #apply(RgbImage, FloatBuffer)}, of an image that is decoded first.
   *
   * @throws StitchException (bad input) naming the image if it cannot be decoded or is too thin to
   *     be resized
   */
  public void apply(ImageSource source, FloatBuffer target) {
    RgbImage image = source.decode();
    try {
      apply(image, target);
    } catch (StitchException e) {
      throw StitchException.badInput("image '%s': %s", source.name(), e.getMessage()).because(e);
    }
  }

  /**
   * Writes the values of one image, float32, shape (3, height, width), from the position of {@code
   * target} on, and moves it past them.
   *
   * @throws StitchException (bad input) if the image is too thin to be resized
   */
  public void apply(RgbImage image, FloatBuffer target) {
    Size resized = steps.resize().apply(steps.resizeTo(), image.height(), image.width());
    Window crop = steps.cropRule().window(resized, steps.crop());
    Window visible = crop.within(resized.width(), resized.height());
    RgbImage part = resizer.resize(image, resized.width(), resized.height(), visible);
    float[] row = new float[crop.width()];
    for (int channel = 0; channel < 3; channel++) {
      float padding = table[256 * channel + steps.fill().get(channel)];
      for (int y = crop.top(); y < crop.bottom(); y++) {
        Arrays.fill(row, padding);
        if (y >= visible.top() && y < visible.bottom()) {
          copyRow(part, y - visible.top(), channel, row, visible.left() - crop.left());
        }
        target.put(row);
      }
    }
  }

  private void copyRow(RgbImage part, int y, int channel, float[] row, int offset) {
    byte[] pixels = part.pixels();
    int from = 3 * y * part.width() + channel;
    for (int x = 0; x < part.width(); x++) {
      row[offset + x] = table[256 * channel + (pixels[from + 3 * x] & 0xff)];
    }
  }
}
