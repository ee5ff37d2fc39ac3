// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.help;

import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.internal.measure.SpaceTransform;
import io.github.djlstitch.core.measure.MeasureKind;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.decoders.HeadOptions;
import io.github.djlstitch.experiments.Experiments;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.internal.data.Datasets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Words that options and parameters take, from where the library knows them. */
public abstract class Words implements Iterable<String> {
  private static final String ALL = "all";

  private final Supplier<List<String>> words;

  private Words(Supplier<List<String>> words) {
    this.words = words;
  }

  @Override
  public Iterator<String> iterator() {
    return words.get().iterator();
  }

  private static List<String> with(String word, Stream<String> others) {
    return Stream.concat(others, Stream.of(word)).toList();
  }

  private static Stream<String> ids(Named... constants) {
    return Arrays.stream(constants).map(Named::id);
  }

  /** Encoders that have a name. */
  public static final class Encoders extends Words {
    Encoders() {
      super(() -> with(ALL, ModelZoo.encoderNames().stream()));
    }
  }

  /** One encoder that has a name. */
  public static final class Encoder extends Words {
    Encoder() {
      super(ModelZoo::encoderNames);
    }
  }

  /** The heads of the encoders that have a name. */
  public static final class Heads extends Words {
    Heads() {
      super(() -> with(ALL, ModelZoo.encoderNames().stream().map(name -> name + "-head")));
    }
  }

  /** Forms of data sets: a name, and a name and a colon where a place follows. */
  public static final class Data extends Words {
    Data() {
      super(Data::forms);
    }

    private static List<String> forms() {
      List<String> forms = new ArrayList<>();
      for (String name : Datasets.names()) {
        if (!Datasets.needsPath(name)) {
          forms.add(name);
        }
        if (!Datasets.files().containsKey(name)) {
          forms.add(name + ":");
        }
      }
      return forms;
    }
  }

  /** Ways to stitch. */
  public static final class Methods extends Words {
    Methods() {
      super(() -> with(ALL, ids(Method.values())));
    }
  }

  /** Ways to translate that are fitted on two spaces at once. */
  public static final class FittedMethods extends Words {
    FittedMethods() {
      super(
          () ->
              Arrays.stream(Method.values())
                  .filter(method -> method.family() == Method.Family.PAIRWISE)
                  .map(Method::id)
                  .toList());
    }
  }

  /** Similarities. */
  public static final class Similarities extends Words {
    Similarities() {
      super(Similarity::ids);
    }
  }

  /** Measures of two spaces. */
  public static final class Measures extends Words {
    Measures() {
      super(() -> with(ALL, ids(MeasureKind.values())));
    }
  }

  /** Transforms of a space. */
  public static final class Transforms extends Words {
    Transforms() {
      super(() -> ids(SpaceTransform.values()).toList());
    }
  }

  /** Ways to choose anchors. */
  public static final class Strategies extends Words {
    Strategies() {
      super(() -> ids(AnchorSelector.Strategy.values()).toList());
    }
  }

  /** Origins of a space. */
  public static final class Centers extends Words {
    Centers() {
      super(() -> ids(Centering.values()).toList());
    }
  }

  /** Kinds of heads that are for users; the others are the papers'. */
  public static final class HeadKinds extends Words {
    HeadKinds() {
      super(() -> ids(HeadOptions.Kind.LINEAR, HeadOptions.Kind.MLP).toList());
    }
  }

  /** Devices. */
  public static final class Devices extends Words {
    Devices() {
      super(() -> List.of("auto", "cpu", "gpu"));
    }
  }

  /** For a number that may be chosen. */
  public static final class Automatic extends Words {
    Automatic() {
      super(() -> List.of("auto"));
    }
  }

  /** Experiments of the papers. */
  public static final class ExperimentIds extends Words {
    ExperimentIds() {
      super(Experiments::names);
    }
  }

  /** Shells that have a completion script. */
  public static final class Shells extends Words {
    Shells() {
      super(() -> List.of("bash", "zsh"));
    }
  }
}
