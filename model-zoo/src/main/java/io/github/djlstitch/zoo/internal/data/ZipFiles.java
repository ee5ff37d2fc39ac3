// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.ForeignFormat;
import io.github.djlstitch.zoo.internal.text.Excerpt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/**
 * The files of a zip archive, in the order of their paths. The archive is opened once and read by
 * all threads; it is closed when nothing refers to its files any more.
 *
 * <p>Nothing is ever unpacked to the disk. Refused nevertheless, as signs of a damaged or hostile
 * archive: paths that leave it, absolute paths, links, encrypted entries, paths that differ in case
 * only, and entries that grow more than 200 times, overlap, or do not match their checksum.
 */
final class ZipFiles {
  private static final int MOST_ENTRIES = 5_000_000;

  /** Most bytes that a packed byte of an honest file stands for. */
  static final int MOST_GROWTH = 200;

  /** Bytes up to which growth costs nothing. */
  static final int GROWTH_COUNTS_FROM = 1 << 20;

  /** An empty part, {@code .} or {@code ..} between slashes, a backslash, or a drive. */
  private static final Pattern OUTSIDE =
      Pattern.compile("^/|//|(^|/)\\.\\.?(/|$)|\\\\|^[A-Za-z]:|^$");

  private final Path file;
  private final Set<String> folded = new HashSet<>();
  private final long size;
  private long compressed;

  private ZipFiles(Path file) throws IOException {
    this.file = file;
    this.size = Files.size(file);
  }

  /** All files, hidden ones too. */
  @SuppressWarnings("resource") // lives as long as the images that are read from it
  static List<StoredFile> list(Path file) {
    try {
      List<String> names = new ZipFiles(file).checkedNames();
      var zip = new ZipFile(file.toFile());
      return names.stream()
          .sorted(Comparator.naturalOrder())
          .map(name -> new StoredFile(name, () -> read(zip, name)))
          .toList();
    } catch (ZipException e) {
      ForeignFormat.requireFetched(file, "a zip archive");
      throw StitchException.badInput(
              "'%s' is not a whole zip archive (%s); download or pack it again",
              file, e.getMessage())
          .because(e);
    } catch (IOException e) {
      throw InputLines.unreadable(file, e);
    }
  }

  /** Only this reader shows links, encryption and repeated names; the JDK's reads in parallel. */
  private List<String> checkedNames() throws IOException {
    List<String> names = new ArrayList<>();
    try (var directory =
        org.apache.commons.compress.archivers.zip.ZipFile.builder()
            .setPath(file)
            .setIgnoreLocalFileHeader(true)
            .get()) {
      for (ZipArchiveEntry entry : Collections.list(directory.getEntries())) {
        checkName(new String(entry.getRawName(), UTF_8)); // getName() can turn \ into /
        if (!entry.isDirectory()) {
          check(entry);
          names.add(entry.getName());
        }
      }
    }
    if (names.size() > MOST_ENTRIES) {
      throw StitchException.badInput("'%s' holds more than %d files", file, MOST_ENTRIES);
    }
    return names;
  }

  private void checkName(String name) {
    if (OUTSIDE.matcher(name).find()) {
      throw refused(name, "leaves the archive or is absolute");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw refused(name, "has control characters in its name");
    }
  }

  private void check(ZipArchiveEntry entry) {
    String name = entry.getName();
    if (entry.isUnixSymlink()) {
      throw refused(name, "is a link");
    }
    if (entry.getGeneralPurposeBit().usesEncryption()) {
      throw refused(name, "is encrypted");
    }
    if (!folded.add(Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT))) {
      throw refused(
          name, "appears twice, or differs from another entry in upper and lower case only");
    }
    boolean grows = entry.getSize() / MOST_GROWTH > entry.getCompressedSize();
    if (grows && entry.getSize() > GROWTH_COUNTS_FROM) {
      throw refused(name, "grows more than " + MOST_GROWTH + " times when unpacked");
    }
    compressed += entry.getCompressedSize();
    if (compressed > size) {
      throw refused(
          name, "and entries before it hold more bytes than the archive, so they overlap");
    }
  }

  private StitchException refused(String name, String why) {
    return StitchException.badInput(
        "'%s': entry %s %s; pack the images again", file, Excerpt.of(name), why);
  }

  private static byte[] read(ZipFile zip, String name) {
    String where = "'" + zip.getName() + "' " + Excerpt.of(name);
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw StitchException.badInput("%s: the entry cannot be found again; pack it again", where);
    }
    byte[] bytes;
    try (InputStream in = zip.getInputStream(entry)) {
      bytes = StoredBytes.all(in, where);
    } catch (IOException e) {
      throw StitchException.badInput("%s cannot be read (%s); pack it again", where, e.getMessage())
          .because(e);
    }
    var checksum = new CRC32();
    checksum.update(bytes);
    if (bytes.length != entry.getSize() || checksum.getValue() != entry.getCrc()) {
      throw StitchException.badInput(
          "%s does not match the size or the checksum that the archive states; "
              + "download or pack it again",
          where);
    }
    return bytes;
  }
}
