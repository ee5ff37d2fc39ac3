// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.image.RgbImage;
import java.io.IOException;

/**
 * Image files to pixels, by the rules of the Python imaging library Pillow, with which published
 * encoders were trained ({@code Image.open(file).convert("RGB")}); files that Pillow would silently
 * decode wrongly are refused. Thread-safe.
 *
 * <ul>
 *   <li>PNG, JPEG, GIF and BMP, told apart by their first bytes, never by the name. At most 100
 *       million pixels, known from the header before memory is taken.
 *   <li>Truncated and damaged files are refused; no image is returned partly gray.
 *   <li>Transparency is dropped, not blended: the colors underneath show. Gray is repeated, a
 *       palette is looked up, 1, 2 and 4 bits of gray are stretched to 8.
 *   <li>16 bits a channel: the upper 8 count. 16-bit gray without alpha is refused, because Pillow
 *       would clip it to white.
 *   <li>EXIF orientation is ignored, and so are color profiles and gamma.
 *   <li>JPEG of 1 channel is gray; of 3, YCbCr or RGB as libjpeg guesses; of 4, CMYK or YCCK with
 *       Adobe's inverted inks. Arithmetic-coded, lossless and 12-bit ones are refused.
 *   <li>GIF: the first picture of an animation, on the screen that the header describes; what it
 *       leaves open has the transparent color or else color 0.
 *   <li>BMP: uncompressed, 1, 4, 8, 16, 24 or 32 bits.
 * </ul>
 *
 * <p>The pixels are Pillow's exactly. For JPEG that is a finding, not a promise: the JDK's decoder
 * is libjpeg 6b where Pillow's is libjpeg-turbo, but in thousands of files no value differed.
 */
public final class ImageDecoder {
  private ImageDecoder() {}

  /**
   * Decodes a file.
   *
   * @param name path or description for messages
   * @throws StitchException (bad input) naming the file if it is not an image, is damaged,
   *     truncated or too large, or of an unsupported kind; (resources) if memory does not suffice
   */
  public static RgbImage decode(String name, byte[] bytes) {
    try {
      return ImageFormat.of(bytes).decode(bytes);
    } catch (ImageFault e) {
      throw StitchException.badInput("image '%s' %s", name, e.getMessage()).because(e);
    } catch (IOException | RuntimeException e) {
      // The JDK's readers throw all kinds of exceptions at damaged files.
      throw StitchException.badInput(
              "image '%s' is damaged (%s); fetch it again", name, e.getClass().getSimpleName())
          .because(e);
    } catch (OutOfMemoryError e) {
      throw StitchException.resources(
              "image '%s' needs more memory than Java may use; raise -Xmx or make it smaller", name)
          .because(e);
    }
  }
}
