// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.encoders.image.RgbImage;
import io.github.djlstitch.encoders.internal.image.PillowResize;
import io.github.djlstitch.encoders.internal.image.ResizeFilter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Images of one size with their labels, decoded once and stored as bytes, a byte for each value:
 * (N, C, H, W) with C 3 (red, green, blue) or 1 (brightness). Floats exist only for the batch at
 * hand. Immutable; safe for use by several threads.
 */
public final class PixelImages implements TrainingInputs {
  private static final int NEWS = 500;
  private static final int LONGEST_SIDE = 512;

  private final int side;
  private final int channels;
  private final byte[] pixels;
  private final int[] labels;
  private final List<String> ids;

  private PixelImages(int side, int channels, byte[] pixels, int[] labels, List<String> ids) {
    this.side = side;
    this.channels = channels;
    this.pixels = pixels;
    this.labels = labels;
    this.ids = ids;
  }

  /**
   * Decodes images on all cores, each resized to a square (bilinear, without a crop) if it is not
   * one of that side.
   *
   * @param name name for progress and messages
   * @param side height and width, 1 to 512
   * @param grey true to keep only luma, as Pillow computes it
   * @throws StitchException (bad input) if an image cannot be decoded, (resources) if all of them
   *     are more than one array can hold, (usage) for a side out of range
   */
  public static PixelImages decode(
      String name, List<Sample<ImageSource>> samples, int side, boolean grey, Progress progress) {
    if (side < 1 || side > LONGEST_SIDE) {
      throw StitchException.usage("image side is %d, expected 1 to %d", side, LONGEST_SIDE);
    }
    int channels = grey ? 1 : 3;
    int size = channels * side * side;
    if ((long) size * samples.size() > Integer.MAX_VALUE - 8) {
      throw StitchException.resources(
          "%s: %d images of %d x %d pixels do not fit into one array; take fewer or smaller ones",
          name, samples.size(), side, side);
    }
    byte[] pixels = new byte[size * samples.size()];
    var resize = PillowResize.with(ResizeFilter.BILINEAR);
    var done = new AtomicInteger();
    IntStream.range(0, samples.size())
        .parallel()
        .forEach(
            i -> {
              RgbImage image = resize.resize(samples.get(i).input().decode(), side, side);
              place(image, grey, pixels, i * size);
              int count = done.incrementAndGet();
              if (count % NEWS == 0 || count == samples.size()) {
                progress.at("decode " + name, count, samples.size());
              }
            });
    int[] labels = samples.stream().mapToInt(Sample::label).toArray();
    return new PixelImages(
        side, channels, pixels, labels, samples.stream().map(Sample::id).toList());
  }

  private static void place(RgbImage image, boolean grey, byte[] target, int offset) {
    byte[] rgb = image.pixels();
    int plane = rgb.length / 3;
    for (int i = 0; i < plane; i++) {
      int red = rgb[3 * i] & 0xFF;
      int green = rgb[3 * i + 1] & 0xFF;
      int blue = rgb[3 * i + 2] & 0xFF;
      if (grey) {
        // Pillow's convert("L"): ITU-R 601-2 in 16-bit fixed point, rounded.
        target[offset + i] = (byte) ((19595 * red + 38470 * green + 7471 * blue + 32768) >> 16);
      } else {
        target[offset + i] = (byte) red;
        target[offset + plane + i] = (byte) green;
        target[offset + 2 * plane + i] = (byte) blue;
      }
    }
  }

  @Override
  public int count() {
    return labels.length;
  }

  /** Height and width. */
  public int side() {
    return side;
  }

  /** Values of a pixel: 3 or 1. */
  public int channels() {
    return channels;
  }

  @Override
  public int[] labels() {
    return labels.clone();
  }

  /** The samples' ids. */
  public List<String> ids() {
    return ids;
  }

  /** Some of the images, in the order of {@code rows}. */
  public PixelImages select(int[] rows) {
    byte[] chosen = new byte[Math.multiplyExact(rows.length, size())];
    gather(rows, ByteBuffer.wrap(chosen));
    int[] theirs = Arrays.stream(rows).map(row -> labels[row]).toArray();
    return new PixelImages(
        side, channels, chosen, theirs, Arrays.stream(rows).mapToObj(ids::get).toList());
  }

  /**
   * Some of the images as float32 in [0, 1], shape (B, C, H, W).
   *
   * @param scope owns the result
   */
  @Override
  public NDArray batch(NDManager scope, int[] rows) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(Math.multiplyExact(rows.length, size()));
    gather(rows, bytes);
    bytes.flip();
    var shape = new Shape(rows.length, channels, side, side);
    try (NDArray whole = scope.create(bytes, shape, DataType.UINT8)) {
      return whole.toType(DataType.FLOAT32, false).divi(255f); // (B, C, H, W)
    }
  }

  @Override
  public Shape shape() {
    return new Shape(channels, side, side);
  }

  /** All images as {@link #batch} gives them. */
  NDArray all(NDManager scope) {
    return batch(scope, IntStream.range(0, count()).toArray());
  }

  /** All values on the heap, in [0, 1], channel by channel, row by row: (N, C * H * W). */
  public FloatMatrix values() {
    float[] values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (pixels[i] & 0xFF) / 255f;
    }
    return FloatMatrix.wrap(count(), size(), values);
  }

  /**
   * Images of this size from values such as {@link #values} gives, rounded to bytes; without labels
   * (all 0), named by their numbers.
   */
  public PixelImages drawn(FloatMatrix values) {
    if (values.columns() != size()) {
      throw StitchException.badInput("images of %d values; expected %d", values.columns(), size());
    }
    float[] all = values.toArray();
    byte[] bytes = new byte[all.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(255 * Math.min(1, Math.max(0, all[i])));
    }
    List<String> numbers = IntStream.range(0, values.rows()).mapToObj(Integer::toString).toList();
    return new PixelImages(side, channels, bytes, new int[values.rows()], numbers);
  }

  /** One image for display; brightness is repeated. */
  public RgbImage image(int row) {
    int plane = side * side;
    byte[] rgb = new byte[3 * plane];
    for (int i = 0; i < rgb.length; i++) {
      int channel = channels == 1 ? 0 : i % 3;
      rgb[i] = pixels[row * size() + channel * plane + i / 3];
    }
    return RgbImage.wrap(side, side, rgb);
  }

  @Override
  public String sha256() {
    var digest = Sha256.builder().add(side).add(channels).add(ByteBuffer.wrap(pixels));
    Arrays.stream(labels).forEach(digest::add);
    return digest.hex();
  }

  private int size() {
    return channels * side * side;
  }

  private void gather(int[] rows, ByteBuffer target) {
    for (int row : rows) {
      target.put(pixels, row * size(), size());
    }
  }
}
