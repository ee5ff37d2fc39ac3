// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.CodecSpec;
import io.github.djlstitch.core.relative.Irp;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Methods and the codecs that they are made of. */
final class MethodTest {
  private static final BridgeOptions OPTIONS = BridgeOptions.defaults();

  @Test
  void everyKindOfCodecHasAMethodAndOnlyMethodsOfCodecsHaveOne() {
    Set<CodecSpec.Kind> found = EnumSet.noneOf(CodecSpec.Kind.class);
    for (Method method : Method.values()) {
      if (method.family() == Method.Family.CODEC) {
        found.add(method.codec(Centering.ANCHORS, OPTIONS).kind());
      } else {
        assertThrows(
            IllegalArgumentException.class, () -> method.codec(Centering.ANCHORS, OPTIONS));
      }
    }
    assertEquals(EnumSet.allOf(CodecSpec.Kind.class), found);
  }

  @Test
  void weightsReachTheCodecsThatHaveOne() {
    BridgeOptions given = OPTIONS.withLambda(.25);
    for (Method method : Method.values()) {
      if (method.family() == Method.Family.CODEC) {
        var numbers = method.codec(Centering.NONE, given).numbers();
        assertEquals(
            method.defaultLambda().isPresent(), numbers.containsKey("lambda"), method.id());
        assertEquals(.25, numbers.getOrDefault("lambda", .25), method.id());
      }
    }
  }

  @Test
  void variantsOfInverseProjectionDiffer() {
    var parseval = (Irp) Method.IRP_PARSEVAL.codec(Centering.NONE, OPTIONS);
    assertEquals("irp-parseval", parseval.name());
    assertEquals("irp-basis", Method.IRP_BASIS.codec(Centering.NONE, OPTIONS).name());
    assertEquals("irp-lifted", Method.IRP_LIFTED.codec(Centering.NONE, OPTIONS).name());
    assertTrue(Method.IRP_TRUNCATED.codec(Centering.NONE, OPTIONS).numbers().containsKey("floor"));
  }
}
