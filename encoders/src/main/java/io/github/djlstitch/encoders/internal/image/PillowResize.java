// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.image.RgbImage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Resizes bit for bit as the Python imaging library Pillow does: published encoders were trained on
 * its pixels, and other resizers differ by tens of gray levels because they do not antialias.
 *
 * <p>Two passes, horizontal and vertical, each rounded to 8 bits; a pass that changes no size is
 * left out. Weights are cached for the most recent sizes. Thread-safe.
 *
 * <p>Source: J. A. Clark and contributors, Pillow 12.3, {@code src/libImaging/Resample.c} and, for
 * nearest, {@code Geometry.c}.
 */
public final class PillowResize {
  private static final int REMEMBERED = 32;
  private static final int VERY_TALL = 100;

  private final ResizeFilter filter;
  private final Map<Axis, ResampleWeights> seen = new LinkedHashMap<>(REMEMBERED, 0.75f, true);

  private record Axis(int source, int target, int from, int to) {}

  private PillowResize(ResizeFilter filter) {
    this.filter = filter;
  }

  /** A resizer with this filter. */
  public static PillowResize with(ResizeFilter filter) {
    return new PillowResize(filter);
  }

  /** The filter. */
  public ResizeFilter filter() {
    return filter;
  }

  /**
   * The image at another size; the same object if it has that size already.
   *
   * @param width columns after, at least 1
   * @param height rows after, at least 1
   * @throws StitchException (bad input) if a size is not positive or no array holds the result
   */
  public RgbImage resize(RgbImage image, int width, int height) {
    if (width < 1 || height < 1) {
      throw StitchException.badInput(
          "an image of %d x %d pixels cannot become %d x %d; a side needs at least 1",
          image.width(), image.height(), width, height);
    }
    return resize(image, width, height, new Window(0, 0, width, height));
  }

  /**
   * A part of the resized image; the rest is not computed, so that thin images stay cheap.
   *
   * @param window lies within the resized image
   */
  RgbImage resize(RgbImage image, int width, int height, Window window) {
    boolean sameWidth = width == image.width();
    boolean sameHeight = height == image.height();
    if (sameWidth && sameHeight) {
      return crop(image, window);
    }
    if (filter == ResizeFilter.NEAREST) {
      return nearest(image, width, height, window);
    }
    if (!sameWidth && !sameHeight && verticalFirst(image, height)) {
      return across(down(image, height, window), width, window);
    }
    if (sameHeight) {
      return across(crop(image, rows(image, window.top(), window.bottom())), width, window);
    }
    if (sameWidth) {
      return down(crop(image, columns(image, window.left(), window.right())), height, window);
    }
    ResampleWeights vertical = weights(image.height(), height, window.top(), window.bottom());
    RgbImage strip = crop(image, rows(image, vertical.start(), vertical.end()));
    return Passes.vertical(across(strip, width, window), vertical, vertical.start());
  }

  private static boolean verticalFirst(RgbImage image, int height) {
    return height < image.height() && image.height() > (long) VERY_TALL * image.width();
  }

  private RgbImage across(RgbImage image, int width, Window window) {
    return Passes.horizontal(image, weights(image.width(), width, window.left(), window.right()));
  }

  private RgbImage down(RgbImage image, int height, Window window) {
    return Passes.vertical(
        image, weights(image.height(), height, window.top(), window.bottom()), 0);
  }

  private ResampleWeights weights(int source, int target, int from, int to) {
    var axis = new Axis(source, target, from, to);
    synchronized (seen) {
      ResampleWeights known = seen.get(axis);
      if (known != null) {
        return known;
      }
    }
    ResampleWeights made = ResampleWeights.of(filter, source, target, from, to);
    synchronized (seen) {
      seen.put(axis, made);
      if (seen.size() > REMEMBERED) {
        seen.remove(seen.keySet().iterator().next());
      }
    }
    return made;
  }

  private static Window rows(RgbImage image, int from, int to) {
    return new Window(0, from, image.width(), to - from);
  }

  private static Window columns(RgbImage image, int from, int to) {
    return new Window(from, 0, to - from, image.height());
  }

  private static RgbImage crop(RgbImage image, Window window) {
    if (window.width() == image.width() && window.height() == image.height()) {
      return image;
    }
    byte[] pixels = Passes.allocate(window.width(), window.height());
    int bytes = 3 * window.width();
    for (int y = 0; y < window.height(); y++) {
      int from = 3 * ((window.top() + y) * image.width() + window.left());
      System.arraycopy(image.pixels(), from, pixels, y * bytes, bytes);
    }
    return RgbImage.wrap(window.width(), window.height(), pixels);
  }

  private static RgbImage nearest(RgbImage image, int width, int height, Window window) {
    int[] columns = positions(image.width(), width, window.left(), window.right());
    int[] rows = positions(image.height(), height, window.top(), window.bottom());
    byte[] source = image.pixels();
    byte[] pixels = Passes.allocate(columns.length, rows.length);
    int to = 0;
    for (int row : rows) {
      for (int column : columns) {
        int from = 3 * (row * image.width() + column);
        pixels[to++] = source[from];
        pixels[to++] = source[from + 1];
        pixels[to++] = source[from + 2];
      }
    }
    return RgbImage.wrap(columns.length, rows.length, pixels);
  }

  // Pillow adds up the step, rounding errors and all; a product would differ now and then.
  private static int[] positions(int source, int target, int from, int to) {
    double step = (double) source / target;
    double position = step * 0.5;
    int[] result = new int[to - from];
    for (int o = 0; o < to; o++) {
      if (o >= from) {
        result[o - from] = (int) Math.min(position, source - 1);
      }
      position += step;
    }
    return result;
  }
}
