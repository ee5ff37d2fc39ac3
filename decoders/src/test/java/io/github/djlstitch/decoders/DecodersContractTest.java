// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.stitch.Decoder;
import io.github.djlstitch.decoders.Problems.Problem;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of head, as trained and as read from its file, and heads read together. */
final class DecodersContractTest {
  private abstract static class Head extends DecoderContract {
    private final HeadOptions.Kind kind;

    Head(HeadOptions.Kind kind) {
      this.kind = kind;
    }

    @Override
    Decoder decoder(Problem problem) throws Exception {
      return trained(kind, problem);
    }
  }

  private static ClassifierHead trained(HeadOptions.Kind kind, Problem problem) {
    return problem.train(HeadOptions.of(kind).withTraining(1, 1e-3, 16), 4);
  }

  @Nested
  final class Linear extends Head {
    Linear() {
      super(HeadOptions.Kind.LINEAR);
    }
  }

  @Nested
  final class Mlp extends Head {
    Mlp() {
      super(HeadOptions.Kind.MLP);
    }
  }

  @Nested
  final class OfficialText extends Head {
    OfficialText() {
      super(HeadOptions.Kind.OFFICIAL_TEXT);
    }
  }

  @Nested
  final class OfficialUnitText extends Head {
    OfficialUnitText() {
      super(HeadOptions.Kind.OFFICIAL_UNIT_TEXT);
    }
  }

  @Nested
  final class OfficialImage extends Head {
    OfficialImage() {
      super(HeadOptions.Kind.OFFICIAL_IMAGE);
    }
  }

  @Nested
  final class OfficialCurve extends Head {
    OfficialCurve() {
      super(HeadOptions.Kind.OFFICIAL_CURVE);
    }
  }

  @Nested
  final class OneByOne extends DecoderContract {
    @Override
    Decoder decoder(Problem problem) {
      return Reading.INDUCTIVE.of(trained(HeadOptions.Kind.OFFICIAL_TEXT, problem));
    }
  }

  @Nested
  final class Together extends DecoderContract {
    @Override
    Decoder decoder(Problem problem) {
      return Reading.TRANSDUCTIVE.of(trained(HeadOptions.Kind.OFFICIAL_TEXT, problem));
    }

    @Override
    boolean readsOneByOne() {
      return false;
    }
  }

  private abstract static class FromAFile extends Head {
    @TempDir Path folder;

    FromAFile(HeadOptions.Kind kind) {
      super(kind);
    }

    @Override
    Decoder decoder(Problem problem) throws Exception {
      Path file = folder.resolve("head.safetensors");
      HeadFile.save((ClassifierHead) super.decoder(problem), file);
      return HeadFile.load(file);
    }
  }

  @Nested
  final class LinearFromAFile extends FromAFile {
    LinearFromAFile() {
      super(HeadOptions.Kind.LINEAR);
    }
  }

  @Nested
  final class MlpFromAFile extends FromAFile {
    MlpFromAFile() {
      super(HeadOptions.Kind.MLP);
    }
  }

  @Test
  void everyKindOfHeadIsHeldToIt() {
    Set<String> tested =
        Arrays.stream(DecodersContractTest.class.getDeclaredClasses())
            .filter(type -> type.getSuperclass() == Head.class)
            .map(type -> type.getSimpleName().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    for (HeadOptions.Kind kind : HeadOptions.Kind.values()) {
      assertTrue(tested.contains(kind.id().replaceAll("[-_]", "")), kind.id());
    }
  }
}
