// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.djl;

import ai.djl.repository.Repository;
import ai.djl.repository.zoo.ModelZoo;
import ai.djl.repository.zoo.ZooProvider;
import ai.djl.util.Utils;
import io.github.djlstitch.zoo.ZooOptions;
import io.github.djlstitch.zoo.hub.HubOptions;
import java.nio.file.Path;
import java.util.Set;

/**
 * Lets DJL find the encoders that come with the build, without a network:
 *
 * <pre>{@code
 * Criteria.builder()
 *     .setTypes(String.class, float[].class)
 *     .optGroupId("io.github.djlstitch")
 *     .optArtifactId("minilm")
 *     .build()
 * }</pre>
 *
 * Their files are unpacked into the folder {@code djl-stitch} of DJL's own cache.
 */
public final class StitchZooProvider implements ZooProvider {
  static final String GROUP = "io.github.djlstitch";

  /** Makes the provider; DJL's service loader asks for it. */
  public StitchZooProvider() {}

  @Override
  public String getName() {
    return GROUP;
  }

  @Override
  public ModelZoo getModelZoo() {
    return new StitchZoo();
  }

  /**
   * Returns the folder into which the encoders' files are unpacked; looked up at each use, as DJL
   * does.
   */
  static Path cache() {
    return Utils.getCacheDir().resolve("djl-stitch");
  }

  /**
   * Settings from the environment of the Hub's Python client: DJL calls this class by its name and
   * has no settings to hand on, so it is where a program starts, as the command line is.
   */
  static ZooOptions options() {
    var home = Path.of(System.getProperty("user.home"));
    return ZooOptions.in(cache()).withHub(HubOptions.from(System.getenv(), home));
  }

  private static final class StitchZoo extends ModelZoo {
    StitchZoo() {
      Repository repository = Repository.newInstance(GROUP, cache().toUri().toString());
      var zoo = io.github.djlstitch.zoo.ModelZoo.open(options());
      zoo.cards().forEach(card -> addModel(new EncoderLoader(repository, card)));
    }

    @Override
    public String getGroupId() {
      return GROUP;
    }

    @Override
    public Set<String> getSupportedEngines() {
      return Set.of("PyTorch");
    }
  }
}
