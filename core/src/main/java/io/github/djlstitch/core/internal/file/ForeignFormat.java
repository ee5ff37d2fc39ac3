// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import io.github.djlstitch.core.StitchException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Files that are often given in place of another, known by their first bytes: the one recognizer of
 * them for every reader of bytes from outside.
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
  GIT_LFS(
      "version https://git-lfs", "a Git LFS pointer", "fetch the file itself with 'git lfs pull'"),
  /** Packed. */
  GZIP("\u001f\u008b", "packed with gzip", "unpack it with gunzip"),
  /** Four bytes a character; before UTF-16, whose mark it starts with. */
  UTF_32_LE("\u00ff\u00fe\0\0", "text in UTF-32", Words.UTF_8),
  /** Four bytes a character. */
  UTF_32_BE("\0\0\u00fe\u00ff", "text in UTF-32", Words.UTF_8),
  /** Two bytes a character, as Windows calls "Unicode". */
  UTF_16_LE("\u00ff\u00fe", "text in UTF-16", Words.UTF_8),
  /** Two bytes a character. */
  UTF_16_BE("\u00fe\u00ff", "text in UTF-16", Words.UTF_8),
  /** Mostly an error page saved under a file's name. */
  HTML("<", "a web page", "download the file itself");

  /** Bytes that are enough to recognize any of them. */
  public static final int LONGEST_MAGIC = 23;

  private static final Set<ForeignFormat> NOT_TEXT = EnumSet.complementOf(EnumSet.of(HTML));

  private static final class Words {
    static final String EXPORT =
        "use a file in safetensors format, or convert it on a machine where you trust the file";
    static final String UTF_8 = "save it as UTF-8";
  }

  private static final int BUFFER = 1 << 16;

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

  /**
   * Opens a text from outside, buffered.
   *
   * @param expected what the file must be, in words
   * @throws StitchException (bad input) if it is packed, a placeholder, binary, or in two or four
   *     bytes a character
   */
  public static InputStream openText(Path file, String expected) throws IOException {
    return open(file, expected, NOT_TEXT);
  }

  /**
   * Opens JSON from outside, buffered.
   *
   * @throws StitchException (bad input) as {@link #openText}, and for a web page
   */
  public static InputStream openJson(Path file) throws IOException {
    return open(file, "JSON", EnumSet.allOf(ForeignFormat.class));
  }

  /**
   * Opens binary data from outside, buffered.
   *
   * @param expected what the file must be, in words
   * @throws StitchException (bad input) if it is a placeholder
   */
  public static InputStream openData(Path file, String expected) throws IOException {
    return open(file, expected, EnumSet.of(GIT_LFS));
  }

  private static InputStream open(Path file, String expected, Set<ForeignFormat> refused)
      throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      in.mark(LONGEST_MAGIC);
      byte[] start = in.readNBytes(LONGEST_MAGIC);
      in.reset();
      startingWith(start)
          .filter(refused::contains)
          .ifPresent(
              format -> {
                throw format.refusal(file, expected);
              });
      return in;
    } catch (IOException | StitchException e) {
      in.close();
      throw e;
    }
  }

  /**
   * Checks that a file is no placeholder and no web page, for readers that open it themselves.
   *
   * @param expected what the file must be, in words
   * @throws StitchException (bad input) if it is one, or cannot be read
   */
  public static void requireFetched(Path file, String expected) {
    of(file)
        .filter(EnumSet.of(GIT_LFS, HTML)::contains)
        .ifPresent(
            format -> {
              throw format.refusal(file, expected);
            });
  }

  /** The refusal (bad input) of a file of this format where another is expected. */
  public StitchException refusal(Path file, String expected) {
    return StitchException.badInput(
        "'%s' must be %s but is %s; %s", file, expected, description, advice);
  }

  /** The format whose first bytes these are. */
  public static Optional<ForeignFormat> startingWith(byte[] start) {
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
