// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.engine.EngineInfo;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.encoders.checkpoint.Checkpoint;
import io.github.djlstitch.encoders.checkpoint.CheckpointOptions;
import io.github.djlstitch.encoders.image.ImageSource;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** An encoder whose files are in a folder. */
record CheckpointEntry(String name, Checkpoint checkpoint, CheckpointOptions how)
    implements EncoderEntry {

  static CheckpointEntry open(String name, Path folder, EncoderSettings settings) {
    var how =
        new CheckpointOptions(
            settings.numbers(),
            EngineInfo.device(settings.device()),
            settings.batch(),
            settings.layer(),
            settings.pooling(),
            OptionalInt.empty(),
            settings.trustCode());
    return new CheckpointEntry(name, Checkpoint.open(folder), how);
  }

  @Override
  public String sha256() {
    return checkpoint.sha256(how);
  }

  @Override
  public Map<String, String> describe() {
    Map<String, String> found = new LinkedHashMap<>();
    found.put("network", checkpoint.name());
    found.put("reads", checkpoint.modality().plural());
    checkpoint.licence().ifPresent(licence -> found.put("licence in its files", licence));
    found.put("key (" + how.numbers().id() + ")", sha256());
    return found;
  }

  @Override
  public void verify() {
    sha256();
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
    return checkpoint.textEncoder(name, how);
  }

  @Override
  public Encoder<ImageSource> openForImages() {
    return checkpoint.imageEncoder(name, how);
  }
}
