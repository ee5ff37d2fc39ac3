// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.zoo.data.LabelledData;
import io.github.djlstitch.zoo.internal.text.Excerpt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Images in a folder for each class, in a folder or in a zip archive: {@code CLASS/.../x.jpg}, or
 * {@code train/CLASS/...} beside {@code test/CLASS/...} or {@code val/CLASS/...}. The id of an
 * image is its path. Folders around all classes of an archive are skipped. A folder may also hold
 * {@code train.zip} and {@code test.zip}.
 *
 * <p>If train and test are there, validation images are left out; with train and validation,
 * validation is the test split; one split alone is divided like any data set without splits. Hidden
 * files and {@code __MACOSX} are skipped; other files that are no images are skipped and counted in
 * a note; an image outside of a class folder is refused.
 */
final class ImageFolder {
  private static final Set<String> IMAGES =
      Set.of("jpg", "jpeg", "jpe", "png", "bmp", "gif", "webp");

  private final Path container;
  private final List<String> notes = new ArrayList<>();

  private ImageFolder(Path container) {
    this.container = container;
  }

  /** The data set of {@code imagefolder:PATH}. */
  static LabelledData open(DatasetRequest request) {
    Path path = request.path();
    return new ImageFolder(path).open(request, files(path));
  }

  /** The data set of {@code imagenet-1k:DIR}: {@code train} and {@code val}, WordNet ids. */
  static LabelledData openImageNet(DatasetRequest request) {
    Path path = request.path();
    checkExists(path);
    List<StoredFile> files =
        FolderFiles.list(path).stream()
            .filter(f -> f.top().equals("train") || f.top().equals("val"))
            .toList();
    for (StoredFile file : files) {
      if (isImage(file) && !file.path().matches("(train|val)/n[0-9]{8}/.*")) {
        throw StitchException.badInput(
            "'%s' %s: expected train/nXXXXXXXX/... or val/nXXXXXXXX/... with WordNet ids as "
                + "classes; sort the validation images into class folders first",
            path, Excerpt.of(file.path()));
      }
    }
    return new ImageFolder(path).open(request, files);
  }

  private static List<StoredFile> files(Path path) {
    checkExists(path);
    if (!Files.isDirectory(path)) {
      return withoutWrapper(visible(ZipFiles.list(path)));
    }
    List<StoredFile> archives = new ArrayList<>();
    for (String split : List.of("train", "test", "val", "validation")) {
      Path archive = path.resolve(split + ".zip");
      if (Files.isRegularFile(archive)) {
        archives.addAll(inSplit(split, withoutWrapper(visible(ZipFiles.list(archive)))));
      }
    }
    return archives.isEmpty() ? visible(FolderFiles.list(path)) : archives;
  }

  /** The images of a folder or an archive, hidden ones left out. */
  static List<StoredFile> images(Path path) {
    checkExists(path);
    List<StoredFile> all = Files.isDirectory(path) ? FolderFiles.list(path) : ZipFiles.list(path);
    return all.stream().filter(ImageFolder::isImage).toList();
  }

  private static void checkExists(Path path) {
    if (!Files.exists(path)) {
      throw StitchException.badInput(
          "'%s' does not exist; expected a folder or a zip archive of images", path);
    }
  }

  private static List<StoredFile> inSplit(String split, List<StoredFile> files) {
    boolean named =
        files.stream()
            .filter(ImageFolder::isImage)
            .allMatch(file -> Part.ofFolder(file.top()) != null);
    return named ? files : files.stream().map(file -> file.under(split)).toList();
  }

  /** Archives often hold the packed folder itself; it says nothing if all files are in it. */
  private static List<StoredFile> withoutWrapper(List<StoredFile> files) {
    List<StoredFile> inner = files;
    while (isWrapped(inner)) {
      inner = inner.stream().map(StoredFile::belowTop).toList();
    }
    return inner;
  }

  private static boolean isWrapped(List<StoredFile> files) {
    List<StoredFile> images = files.stream().filter(ImageFolder::isImage).toList();
    return !images.isEmpty()
        && Part.ofFolder(images.get(0).top()) == null
        && files.stream().allMatch(f -> f.top().equals(images.get(0).top()))
        && images.stream().allMatch(f -> f.depth() >= 2);
  }

  private LabelledData open(DatasetRequest request, List<StoredFile> files) {
    List<StoredFile> images = files.stream().filter(ImageFolder::isImage).toList();
    if (images.isEmpty()) {
      throw StitchException.badInput(
          "'%s' holds no images (%s); expected a folder for each class with images in it",
          container, String.join(", ", IMAGES.stream().sorted().toList()));
    }
    noteLeftOut("files that are not images", files.size() - images.size());
    LabelledRows<ImageSource> rows = hasSplits(images) ? bySplit(images) : unsplit(images);
    return request.images(rows).withNotes(notes);
  }

  private boolean hasSplits(List<StoredFile> images) {
    List<StoredFile> inSplits =
        images.stream().filter(f -> Part.ofFolder(f.top()) != null).toList();
    if (inSplits.size() < images.size() && inSplits.stream().anyMatch(f -> f.depth() >= 2)) {
      throw StitchException.badInput(
          "'%s' has the folder '%s' beside others that are no splits; put all classes into train "
              + "and test folders, or none",
          container, inSplits.get(0).top());
    }
    return inSplits.size() == images.size();
  }

  private LabelledRows<ImageSource> unsplit(List<StoredFile> images) {
    var rows = new LabelledRows<ImageSource>();
    images.forEach(image -> add(rows, image, image, null));
    return rows;
  }

  private LabelledRows<ImageSource> bySplit(List<StoredFile> images) {
    Map<Part, Split> roles =
        Part.roles(images.stream().map(f -> Part.ofFolder(f.top())).collect(Collectors.toSet()));
    var rows = new LabelledRows<ImageSource>();
    int leftOut = 0;
    for (StoredFile image : images) {
      Part part = Part.ofFolder(image.top());
      if (part == Part.VALIDATION && roles.size() == 2 && !roles.containsKey(part)) {
        leftOut++;
      } else {
        add(rows, image, image.belowTop(), roles.get(part));
      }
    }
    noteLeftOut("validation images, as train and test are there", leftOut);
    return rows;
  }

  private void add(
      LabelledRows<ImageSource> rows, StoredFile image, StoredFile inClass, @Nullable Split split) {
    var at = Place.entry(container, image.path(), rows.size() + 1L);
    if (image.path().chars().anyMatch(Character::isISOControl)) {
      throw StitchException.badInput("%s has control characters in its name; rename it", at);
    }
    if (inClass.top().isEmpty()) {
      throw StitchException.badInput(
          "%s lies outside of the class folders; expected CLASS/%s", at, inClass.path());
    }
    rows.add(new Row<>(at, image.path(), image.image(container), inClass.top(), split));
  }

  private void noteLeftOut(String what, int count) {
    if (count > 0) {
      notes.add("'" + container + "': left out " + count + " " + what);
    }
  }

  private static List<StoredFile> visible(List<StoredFile> files) {
    return files.stream().filter(ImageFolder::isVisible).toList();
  }

  private static boolean isVisible(StoredFile file) {
    for (String part : file.path().split("/", -1)) {
      if (part.startsWith(".") || part.equals("__MACOSX") || part.equals("Thumbs.db")) {
        return false;
      }
    }
    return true;
  }

  private static boolean isImage(StoredFile file) {
    return isVisible(file) && isImage(file.path());
  }

  /** Tells if a file's ending is that of an image. */
  static boolean isImage(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    return IMAGES.contains(name.substring(name.lastIndexOf('.') + 1));
  }
}
