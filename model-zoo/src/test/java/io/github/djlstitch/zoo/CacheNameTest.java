// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class CacheNameTest {
  @Test
  void anyNameBecomesAVisibleFileName() {
    assertEquals("minilm", CacheName.of("minilm"));
    assertEquals("shared_models_vit", CacheName.of("../shared/models/vit"));
    assertEquals("hf_org_name_main", CacheName.of("hf:org/name@main"));
    assertEquals("C_models_x", CacheName.of("C:\\models\\x"));
    assertEquals("a".repeat(60), CacheName.of("/" + "a".repeat(300)));
  }
}
