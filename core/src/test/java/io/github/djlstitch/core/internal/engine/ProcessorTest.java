// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("processor")
final class ProcessorTest {
  @Test
  void bfloat16IsMultipliedWhereTheProcessorHasTilesAndNoLimitForbidsThem() {
    boolean tiles = !Set.of("SSE41", "AVX2").contains(limit(Processor.ISA_LIMIT)); // the matrix's
    boolean wide = !Set.of("default", "avx2").contains(limit(Processor.ATEN_LIMIT));
    var processor = new Processor("some", "fma amx_bf16 avx", false);
    assertEquals(tiles && wide, processor.multipliesBfloat16());
    assertEquals(tiles && !wide, processor.refusesFusedBfloat16());
    assertFalse(new Processor("some", "fma amx_bf16x avx512_bf16", false).multipliesBfloat16());
    assertFalse(new Processor("some", "", false).multipliesBfloat16());
    assertFalse(new Processor("some", "", false).refusesFusedBfloat16());
  }

  private static String limit(String variable) {
    return System.getenv().getOrDefault(variable, "");
  }
}
