// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.zoo.internal.data.InputRow.Column;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Images to classify: files, folders and zip archives. */
public final class ImageInputs {
  private static final String FILE = "file";

  private ImageInputs() {}

  /**
   * The images of some places, in the order of their paths in each.
   *
   * @param classes if every image lies in a folder of such a name, it is its label
   * @throws StitchException (bad input) if a place does not exist or holds no image
   */
  public static List<InputRow<ImageSource>> of(List<Path> places, Set<String> classes) {
    List<InputRow<ImageSource>> rows = new ArrayList<>();
    for (Path place : places) {
      List<StoredFile> files = files(place);
      boolean labelled = files.stream().allMatch(file -> classes.contains(folder(file)));
      for (StoredFile file : files) {
        String name = isImageFile(place) ? place.toString() : place + "/" + file.path();
        rows.add(
            new InputRow<>(
                "'" + name + "'",
                List.of(new Column(FILE, name, false)),
                file.image(name),
                labelled ? folder(file) : null));
      }
    }
    return rows;
  }

  /** Returns true for an image, a folder or an archive. */
  public static boolean areImages(Path place) {
    return Files.isDirectory(place)
        || place.toString().toLowerCase(Locale.ROOT).endsWith(".zip")
        || ImageFolder.isImage(place.toString());
  }

  private static boolean isImageFile(Path place) {
    return ImageFolder.isImage(place.toString()) && Files.isRegularFile(place);
  }

  private static List<StoredFile> files(Path place) {
    if (isImageFile(place)) {
      return List.of(new StoredFile(place.getFileName().toString(), StoredBytes.of(place)));
    }
    if (Files.isRegularFile(place) && !areImages(place)) {
      throw StitchException.badInput(
          "'%s' is neither an image nor a .zip archive of images; give other files", place);
    }
    List<StoredFile> images = ImageFolder.images(place);
    if (images.isEmpty()) {
      throw StitchException.badInput(
          "'%s' holds no images; give image files, folders or zip archives of them", place);
    }
    return images;
  }

  private static String folder(StoredFile file) {
    String path = file.path();
    int end = path.lastIndexOf('/');
    int start = path.lastIndexOf('/', end - 1);
    return end < 0 ? "" : path.substring(start + 1, end);
  }
}
