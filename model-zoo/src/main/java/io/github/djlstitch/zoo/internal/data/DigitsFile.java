// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.encoders.image.ImageSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * Handwritten digits of 8 x 8 pixels, which come with the build: the 1,797 of the test file of E.
 * Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning
 * Repository, 1998, CC BY 4.0, in the form in which scikit-learn ships them. A row is 64 numbers of
 * pixels, 0 to 16, and the digit.
 *
 * <p>Of each digit a fifth, by the hash of its row, is test. The encoders that come with the build
 * were trained on the others only, so the split is always the same.
 */
final class DigitsFile {
  private static final String FILE = "digits.csv.gz";
  private static final String DIGEST =
      "09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22";
  private static final int SIDE = 8;
  private static final int PIXELS = SIDE * SIDE;
  private static final int DARKEST = 16;
  private static final int WHITE = 255;
  private static final double TEST_FRACTION = 0.2;

  private DigitsFile() {}

  /**
   * All samples, their ids the rows from 1.
   *
   * @throws StitchException (verification) if the file of the build is damaged
   */
  static LabelledSplit<ImageSource> read() {
    List<Sample<ImageSource>> samples = new ArrayList<>();
    text().lines().forEach(line -> samples.add(sample(line, samples.size() + 1)));
    return LabelledSplit.byFraction(IdxFiles.DIGITS, samples, TEST_FRACTION, 0);
  }

  private static Sample<ImageSource> sample(String line, int row) {
    String[] numbers = line.split(",", -1);
    byte[] pixels = new byte[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      pixels[i] = (byte) ((Integer.parseInt(numbers[i]) * WHITE + DARKEST / 2) / DARKEST);
    }
    RawImage image = RawImage.grey(Place.row(Path.of(FILE), row), pixels, 0, SIDE, SIDE);
    return new Sample<>(Integer.toString(row), image, Integer.parseInt(numbers[PIXELS]));
  }

  // Its digest is that of the file as it should be, so nothing in it can be other than expected.
  private static String text() {
    try (InputStream in =
        Objects.requireNonNull(DigitsFile.class.getResourceAsStream(FILE), FILE)) {
      byte[] packed = in.readAllBytes();
      String found = HexFormat.of().formatHex(Sha256.newDigest().digest(packed));
      if (!found.equals(DIGEST)) {
        throw StitchException.verification(
            "'%s' on the class path has sha256 %.12s but should have %.12s; rebuild",
            FILE, found, DIGEST);
      }
      var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed));
      return new String(unpacked.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw StitchException.unavailable(
              "'%s' on the class path cannot be read (%s); rebuild", FILE, e.getMessage())
          .because(e);
    }
  }
}
