// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.jshell;

import io.github.djlstitch.cli.option.CommonOptions;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.measure.SpaceMeasure.Retrieval;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.RelativePipeline;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.core.stitch.StitchDefaults;
import io.github.djlstitch.encoders.EncodedImage;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.report.TextTable;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.ZooOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One import for JShell. Results print as tables. Encoders opened here stay open until the process
 * ends.
 */
public final class Stitch {
  private static final int SHOWN_ROWS = 6;
  private static final int SHOWN_VALUES = 6;
  private static final int SHOWN_CHARACTERS = 24;
  private static final Map<String, Shown> OPEN = new ConcurrentHashMap<>();
  private static final Map<String, ShownImages> OPEN_IMAGES = new ConcurrentHashMap<>();
  private static @Nullable ModelZoo zoo;

  private Stitch() {}

  /** Sets the zoo to use instead of the default one. */
  public static void use(ModelZoo other) {
    zoo = other;
  }

  private static synchronized ModelZoo zoo() {
    if (zoo == null) {
      var options = new CommonOptions();
      zoo = ModelZoo.open(ZooOptions.in(options.cache()).withHub(CommonOptions.hub()));
    }
    return zoo;
  }

  /** An opened encoder of the zoo. */
  public static Shown encoder(String name) {
    return OPEN.computeIfAbsent(name, n -> new Shown(zoo().encoder(n)));
  }

  /** An opened encoder of images of the zoo. */
  public static ShownImages imageEncoder(String name) {
    return OPEN_IMAGES.computeIfAbsent(name, n -> new ShownImages(zoo().imageEncoder(n)));
  }

  /** The names of all encoders. */
  public static List<String> encoders() {
    return zoo().names();
  }

  /** Every encoder of a comma list into every head of them, on a data set, with defaults. */
  public static Grid grid(String encoders, String dataset) {
    return Grid.run(zoo(), encoders, dataset);
  }

  /** The same on the data set that these encoders read by default. */
  public static Grid grid(String encoders) {
    return Grid.run(zoo(), encoders);
  }

  /**
   * An encoder whose vectors print as tables.
   *
   * @param encoder the encoder
   */
  public record Shown(Encoder<String> encoder) {
    /** Encodes texts. */
    public Vectors encode(String... texts) {
      return new Vectors(List.of(texts), encoder.encode(List.of(texts)));
    }

    @Override
    public String toString() {
      return encoder.id() + ": texts to " + encoder.dimension() + " values";
    }
  }

  /**
   * An encoder of images whose vectors print as tables.
   *
   * @param encoder the encoder
   */
  public record ShownImages(Encoder<ImageSource> encoder) {
    /** Encodes image files. */
    public Vectors encode(String... files) {
      var images =
          Stream.of(files).<ImageSource>map(file -> EncodedImage.of(Path.of(file))).toList();
      return new Vectors(List.of(files), encoder.encode(images));
    }

    @Override
    public String toString() {
      return encoder.id() + ": images to " + encoder.dimension() + " values";
    }
  }

  /**
   * Vectors that print as a table of their first values.
   *
   * @param inputs texts, or names of files
   * @param matrix their vectors, shape (N, D)
   */
  public record Vectors(List<String> inputs, FloatMatrix matrix) {
    /** These vectors relative to anchors of the same encoder, as the defaults have it. */
    public Vectors relative(Vectors anchors) {
      return relative(
          anchors, RelativePipeline.of(StitchDefaults.similarity(), StitchDefaults.centering()));
    }

    /** These vectors relative to anchors of the same encoder, by any pipeline. */
    public Vectors relative(Vectors anchors, RelativePipeline how) {
      var space = new AnchoredSpace(anchors.matrix, anchors.matrix);
      return new Vectors(inputs, how.over(space).apply(matrix));
    }

    /**
     * Jaccard, MRR and cosine of these and the vectors of the same inputs in another space, which
     * is searched; of relative vectors those of the paper.
     */
    public Retrieval retrieval(Vectors other, int k) {
      return Retrieval.of(matrix, other.matrix, List.of(k)).get(0);
    }

    @Override
    public String toString() {
      var table = new TextTable("input", "first values of " + matrix.columns());
      for (int i = 0; i < Math.min(SHOWN_ROWS, matrix.rows()); i++) {
        var values = new StringBuilder();
        for (int j = 0; j < Math.min(SHOWN_VALUES, matrix.columns()); j++) {
          values.append(String.format(Locale.ROOT, "%7.4f ", matrix.get(i, j)));
        }
        table.row(shortened(inputs.get(i)), values.append("...").toString());
      }
      int more = matrix.rows() - SHOWN_ROWS;
      return "\n" + table.leftAligned().text(false) + (more > 0 ? "and " + more + " more\n" : "");
    }

    private static String shortened(String text) {
      boolean isLong = text.length() > SHOWN_CHARACTERS;
      return isLong ? text.substring(0, SHOWN_CHARACTERS - 3) + "..." : text;
    }
  }
}
