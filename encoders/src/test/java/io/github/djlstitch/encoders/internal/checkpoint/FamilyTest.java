// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.internal.checkpoint.Family.Naming;
import io.github.djlstitch.encoders.options.Pooling;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The compiler sees that a family answers everything; this, that each class has its names. */
final class FamilyTest {
  private static final JsonCard NOTHING = JsonCard.absent(Path.of("config.json"));

  @Test
  void everyArchitectureIsAFamilysOrAGraph() {
    Set<Class<?>> expected =
        new HashSet<>(List.of(TextArchitecture.class.getPermittedSubclasses()));
    expected.addAll(List.of(ImageArchitecture.class.getPermittedSubclasses()));
    Set<Class<?>> found = new HashSet<>(Set.of(ExportedTextGraph.class, ExportedImageGraph.class));
    for (Family family : Family.values()) {
      assertTrue(found.add(family.architecture("any", NOTHING).getClass()), family.name());
    }
    assertEquals(expected, found);
  }

  @ParameterizedTest
  @EnumSource
  void everyNameIsOfOneFamily(Naming naming) {
    for (String name : Family.names(naming)) {
      Family family = Family.named(naming, name).orElseThrow();
      Architecture architecture = family.architecture(name, NOTHING);
      assertEquals(name, architecture.name());
      assertTrue(architecture.isBuiltIn());
      for (Naming other : Naming.values()) {
        assertEquals(naming == other, Family.named(other, name).isPresent(), name);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HUGGING_FACE, xlm-roberta, BERT, TEXT",
    "HUGGING_FACE, clip, CLIP, TEXT_AND_IMAGE",
    "HUGGING_FACE, clip_text_model, CLIP_TEXT, TEXT",
    "HUGGING_FACE, clip_vision_model, CLIP_VISION, IMAGE",
    "HUGGING_FACE, deit, VIT, IMAGE",
    "TIMM, deit_base_patch16_384, TIMM_VIT, IMAGE",
    "TIMM, rexnet_070, TIMM_REXNET, IMAGE"
  })
  void namesAreRecognized(Naming naming, String name, Family family, Modality modality) {
    assertEquals(Optional.of(family), Family.named(naming, name));
    assertEquals(modality, family.architecture(name, NOTHING).modality());
  }

  @ParameterizedTest
  @CsvSource({
    "HUGGING_FACE, bert2",
    "HUGGING_FACE, vit_base_patch16_224",
    "TIMM, bert",
    "TIMM, vit",
    "TIMM, deit3_base_patch16_224",
    "TIMM, rexnetr_100"
  })
  void othersAreNot(Naming naming, String name) {
    assertEquals(Optional.empty(), Family.named(naming, name));
  }

  @Test
  void poolingWhereNothingIsSaid() {
    assertEquals(Pooling.CLS, new BertText("bert", NOTHING).defaultPooling());
    assertEquals(Pooling.CLS, new ExportedTextGraph("novel", NOTHING).defaultPooling());
    assertEquals(Pooling.POOLER, new ClipText("clip_text_model", NOTHING).defaultPooling());
    assertEquals(Pooling.POOLER, new Clip("clip", NOTHING).defaultPooling());
  }
}
