// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.encoders.image.RgbImage;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.SplitSize;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The embedded digits. The split's first rows and sizes were computed by {@code is_test} of {@code
 * model-zoo/src/training/digits_encoders.py}, which decides what the encoders were trained on; the
 * pixels are those of scikit-learn's {@code load_digits}, times 255 / 16.
 */
final class DigitsTest {
  private static final DatasetOptions DEFAULTS = DatasetOptions.defaults();

  private static Dataset<ImageSource> digits(DatasetOptions options) {
    return Datasets.open("digits", options).requireImages();
  }

  @Test
  void theSplitIsTheOneThatTheEncodersWereTrainedOn() {
    Dataset<ImageSource> data = digits(DEFAULTS);
    assertEquals(1438, data.train().size());
    assertEquals(359, data.test().size());
    assertEquals(IntStream.range(0, 10).mapToObj(Integer::toString).toList(), data.classes());
    List<String> first = data.test().subList(0, 12).stream().map(Sample::id).toList();
    assertEquals(
        List.of("7", "9", "15", "16", "21", "27", "30", "31", "33", "34", "40", "42"), first);
    int[] counts = new int[10];
    data.test().forEach(sample -> counts[sample.label()]++);
    assertArrayEquals(new int[] {36, 36, 35, 37, 36, 36, 36, 36, 35, 36}, counts);
  }

  @Test
  void anotherFractionOrSeedDoesNotMakeTrainedSamplesTestSamples() {
    Dataset<ImageSource> data = digits(DEFAULTS);
    Dataset<ImageSource> other = digits(DEFAULTS.withTestFraction(.5).withSeed(3));
    assertEquals(data.sha256(), other.sha256());
    var few = digits(DEFAULTS.withSplitSize(new SplitSize(100, 50)).withSeed(3));
    assertEquals(100, few.train().size());
    assertTrue(data.test().stream().map(Sample::id).toList().containsAll(ids(few.test())));
  }

  @Test
  void pixelsAreGreyAndFillTheRange() {
    Dataset<ImageSource> data = digits(DEFAULTS);
    Sample<ImageSource> first = data.train().get(0);
    assertEquals("1", first.id());
    assertEquals(0, first.label());
    RgbImage image = first.input().decode();
    assertEquals(8, image.width());
    assertEquals(8, image.height());
    int[] row = {0, 0, 80, 207, 143, 16, 0, 0};
    for (int x = 0; x < 8; x++) {
      for (int c = 0; c < 3; c++) {
        assertEquals(row[x], image.pixels()[3 * x + c] & 0xff);
      }
    }
    long white =
        Stream.concat(data.train().stream(), data.test().stream())
            .filter(sample -> hasWhite(sample.input().decode()))
            .count();
    assertTrue(white > 1700, () -> white + " pictures have a white pixel");
  }

  private static boolean hasWhite(RgbImage image) {
    return IntStream.range(0, 3 * 64).anyMatch(i -> image.pixels()[i] == (byte) 255);
  }

  private static List<String> ids(List<? extends Sample<?>> samples) {
    return samples.stream().map(Sample::id).toList();
  }
}
