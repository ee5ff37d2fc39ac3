// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.AtomicFile;
import io.github.djlstitch.core.internal.file.WriteFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Files that were unpacked from jars into a folder. They are read and compared with the jars once;
 * a note beside the folder says what they were like then, so that a later start only looks at sizes
 * and times. Nothing is written into the folder but the files themselves, as DJL loads whatever is
 * there.
 */
final class UnpackedFiles {
  private static final String CHECKED = ".stitch-checked";

  private final Path folder;
  private final SortedMap<String, PackedFile> files;

  private UnpackedFiles(Path folder, SortedMap<String, PackedFile> files) {
    this.folder = folder;
    this.files = files;
  }

  /**
   * Files of a folder.
   *
   * @param resources for each file its name on the class path; those that are not there are left
   *     out
   */
  static UnpackedFiles of(Path folder, Map<String, String> resources) throws IOException {
    var files = new TreeMap<String, PackedFile>();
    for (var entry : resources.entrySet()) {
      PackedFile.find(entry.getValue()).ifPresent(packed -> files.put(entry.getKey(), packed));
    }
    return new UnpackedFiles(folder, files);
  }

  /**
   * Unpacks files again that differ from those of their jars, and those that are missing, if the
   * folder exists.
   *
   * @return names of the files that differed
   * @throws StitchException (unavailable) if one cannot be unpacked
   */
  List<String> repair() throws IOException {
    if (!Files.isDirectory(folder) || facts().equals(keptFacts())) {
      return List.of();
    }
    List<String> damaged = new ArrayList<>();
    for (var entry : files.entrySet()) {
      Path file = folder.resolve(entry.getKey());
      if (!entry.getValue().isIn(file)) {
        if (Files.exists(file)) {
          damaged.add(entry.getKey());
        }
        unpack(entry.getValue(), file);
      }
    }
    keepFacts();
    return damaged;
  }

  private void unpack(PackedFile packed, Path file) {
    Path fresh = folder.resolveSibling(folder.getFileName() + "-" + file.getFileName());
    try {
      AtomicFile.write(
          fresh,
          out -> {
            try (InputStream in = packed.open()) {
              in.transferTo(out);
            }
          });
      if (!packed.isIn(fresh)) {
        throw new IOException("the jar is damaged too");
      }
      replace(fresh, file);
    } catch (IOException | StitchException e) {
      throw StitchException.unavailable(
              "the native library '%s' is damaged and cannot be unpacked again (%s: %s);"
                  + " delete the folder '%s', or get the jar again",
              file,
              packed.resource(),
              e instanceof IOException io ? WriteFailure.reason(io) : e.getMessage(),
              folder)
          .because(e);
    }
  }

  private static void replace(Path fresh, Path file) throws IOException {
    try {
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  // Times of change are not to be had everywhere; elsewhere those of modification must do.
  private String facts() throws IOException {
    var facts = new StringBuilder();
    boolean unix = folder.getFileSystem().supportedFileAttributeViews().contains("unix");
    for (var entry : files.entrySet()) {
      Path file = folder.resolve(entry.getKey());
      if (!Files.isRegularFile(file)) {
        return "missing";
      }
      facts.append(entry.getKey()).append(' ').append(Files.size(file));
      facts.append(' ').append(Files.getLastModifiedTime(file));
      facts.append(' ').append(unix ? Files.getAttribute(file, "unix:ctime") : "-");
      facts.append(' ').append(Long.toHexString(entry.getValue().crc())).append('\n');
    }
    return facts.toString();
  }

  private Path note() {
    return folder.resolveSibling(folder.getFileName() + CHECKED);
  }

  private String keptFacts() {
    try {
      return Files.readString(note(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return ""; // none yet, or one that cannot be read: the files are
    }
  }

  private void keepFacts() throws IOException {
    byte[] facts = facts().getBytes(StandardCharsets.UTF_8);
    try {
      AtomicFile.write(note(), out -> out.write(facts));
    } catch (StitchException e) {
      // a folder that cannot be written costs a check in each process
    }
  }
}
