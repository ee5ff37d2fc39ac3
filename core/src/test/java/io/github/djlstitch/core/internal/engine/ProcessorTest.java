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
    String limit = System.getenv().getOrDefault(Processor.ISA_LIMIT, "");
    boolean free = !Set.of("SSE41", "AVX2").contains(limit); // those of the processor matrix
    assertEquals(free, new Processor("some", "fma amx_bf16 avx", false).multipliesBfloat16());
    assertFalse(new Processor("some", "fma amx_bf16x avx512_bf16", false).multipliesBfloat16());
    assertFalse(new Processor("some", "", false).multipliesBfloat16());
  }
}
