// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.internal.time.Stage;
import io.github.djlstitch.core.space.Provenance.Prefix;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.encoders.internal.checkpoint.Checkpoint;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.encoders.options.EncoderOptions.Prompt;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * An encoder whose files are in a folder. Its digest covers hundreds of MB and is computed once.
 */
final class CheckpointEntry implements EncoderEntry {
  private final String name;
  private final Checkpoint checkpoint;
  private final EncoderOptions how;
  private @Nullable String digest;

  private CheckpointEntry(String name, Checkpoint checkpoint, EncoderOptions how) {
    this.name = name;
    this.checkpoint = checkpoint;
    this.how = how;
  }

  static CheckpointEntry open(String name, Path folder, EncoderOptions how) {
    return new CheckpointEntry(name, Checkpoint.open(folder), how);
  }

  @Override
  public String name() {
    return name;
  }

  /** Lists files of the folder that are ignored, a line each. */
  List<String> warnings() {
    return checkpoint.warnings();
  }

  @Override
  public synchronized String sha256() {
    if (digest == null) {
      digest = checkpoint.sha256(how);
    }
    return digest;
  }

  @Override
  public Prefix prefixed() {
    return new Prefix(checkpoint.prefix(how), checkpoint.sha256(how.withPrompt(Prompt.USUAL)));
  }

  @Override
  public boolean ignoresRole() {
    return checkpoint.ignoresRole(how);
  }

  @Override
  public Map<String, String> describe() {
    Map<String, String> found = new LinkedHashMap<>();
    found.put("network", checkpoint.name());
    found.put("reads", checkpoint.modality().plural());
    checkpoint.license().ifPresent(license -> found.put("licence in its files", license));
    found.put("key (" + how.numbers().id() + ")", sha256());
    return found;
  }

  @Override
  public void verify() {
    checkpoint.sha256(how);
  }

  @Override
  public OptionalInt textLayers() {
    return checkpoint.textLayers();
  }

  @Override
  public boolean readsTexts() {
    return checkpoint.modality().readsTexts();
  }

  @Override
  public boolean readsImages() {
    return checkpoint.modality().readsImages();
  }

  @Override
  public Encoder<String> openForTexts() {
    return Stage.OPENING.get(() -> checkpoint.textEncoder(name, how));
  }

  @Override
  public Encoder<ImageSource> openForImages() {
    return Stage.OPENING.get(() -> checkpoint.imageEncoder(name, how));
  }
}
