// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

import java.util.List;

/** Names of a vision transformer's tensors in a family of checkpoints. */
record VitNames(
    String classToken,
    String distillationToken,
    String positions,
    String patches,
    String block,
    String before,
    List<String> queryKeyValue,
    String attended,
    String after,
    String widen,
    String narrow,
    String norm) {

  static final VitNames TIMM =
      new VitNames(
          "cls_token",
          "dist_token",
          "pos_embed",
          "patch_embed.proj",
          "blocks.",
          "norm1",
          List.of("attn.qkv"),
          "attn.proj",
          "norm2",
          "mlp.fc1",
          "mlp.fc2",
          "norm");

  static final VitNames HUGGING_FACE =
      new VitNames(
          "embeddings.cls_token",
          "embeddings.distillation_token",
          "embeddings.position_embeddings",
          "embeddings.patch_embeddings.projection",
          "encoder.layer.",
          "layernorm_before",
          List.of(
              "attention.attention.query", "attention.attention.key", "attention.attention.value"),
          "attention.output.dense",
          "layernorm_after",
          "intermediate.dense",
          "output.dense",
          "layernorm");

  static final VitNames CLIP =
      new VitNames(
          "vision_model.embeddings.class_embedding",
          "", // there is none
          "vision_model.embeddings.position_embedding.weight",
          "vision_model.embeddings.patch_embedding",
          "vision_model.encoder.layers.",
          "layer_norm1",
          List.of("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
          "self_attn.out_proj",
          "layer_norm2",
          "mlp.fc1",
          "mlp.fc2",
          "vision_model.post_layernorm");
}
