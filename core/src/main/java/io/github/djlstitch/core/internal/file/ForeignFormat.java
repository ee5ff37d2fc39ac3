// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import io.github.djlstitch.core.StitchException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Files that are often given in place of a safetensors file, known by their first bytes.
 *
 * <p>Pickles and the archives around them are programs: reading one means running it. They are
 * refused by name, never read.
 */
public enum ForeignFormat {
  /** An archive, in which PyTorch keeps a pickle and NumPy several arrays. */
  ZIP("PK\3\4", "a zip archive (PyTorch .bin/.pt or .npz)", Words.EXPORT),
  /** Protocol 2. */
  PICKLE_2("\u0080\2", "a Python pickle", Words.EXPORT),
  /** Protocol 3. */
  PICKLE_3("\u0080\3", "a Python pickle", Words.EXPORT),
  /** Protocol 4. */
  PICKLE_4("\u0080\4", "a Python pickle", Words.EXPORT),
  /** Protocol 5. */
  PICKLE_5("\u0080\5", "a Python pickle", Words.EXPORT),
  /** As Keras writes it. */
  HDF5("\u0089HDF", "an HDF5 file", Words.EXPORT),
  /** One array. */
  NUMPY("\u0093NUMPY", "a NumPy .npy file", Words.EXPORT),
  /** The placeholder of a large file in a checkout without LFS. */
  GIT_LFS("version ", "a Git LFS pointer", "fetch the file itself with 'git lfs pull'"),
  /** Mostly an error page saved under a file's name. */
  HTML("<", "a web page", "download the file itself");

  private static final int LONGEST_MAGIC = 8;

  private static final class Words {
    static final String EXPORT =
        "use a file in safetensors format, or convert it on a machine where you trust the file";
  }

  private final String magic; // each character is a byte
  private final String description;
  private final String advice;

  ForeignFormat(String magic, String description, String advice) {
    this.magic = magic;
    this.description = description;
    this.advice = advice;
  }

  /**
   * The format of a file, by its first bytes; empty if they are of none of these.
   *
   * @throws StitchException (bad input) if it cannot be read
   */
  public static Optional<ForeignFormat> of(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return startingWith(in.readNBytes(LONGEST_MAGIC));
    } catch (IOException e) {
      throw StitchException.badInput("cannot read '%s': %s", file, e.getMessage()).because(e);
    }
  }

  /** The format whose first bytes these are. */
  private static Optional<ForeignFormat> startingWith(byte[] start) {
    String text = new String(start, StandardCharsets.ISO_8859_1);
    return Arrays.stream(values()).filter(format -> text.startsWith(format.magic)).findFirst();
  }

  /**
   * Throws if these are the first bytes of a known format; called only after they proved not to be
   * safetensors.
   */
  static void refuse(byte[] start) {
    startingWith(start)
        .ifPresent(
            format -> {
              throw new Found(format);
            });
  }

  /** Thrown for a file of another format. */
  static final class Found extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final ForeignFormat format;

    private Found(ForeignFormat format) {
      super(format.description);
      this.format = format;
    }

    ForeignFormat format() {
      return format;
    }
  }

  /** The format in words, to follow "is". */
  public String description() {
    return description;
  }

  /** Advice to the user. */
  public String advice() {
    return advice;
  }
}
