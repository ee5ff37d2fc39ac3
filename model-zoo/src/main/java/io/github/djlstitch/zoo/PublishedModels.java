// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.zoo.internal.hub.RepoId;
import java.util.List;

/**
 * Encoders on the Hugging Face Hub: those of Moschella et al. 2023 (arXiv:2209.15430) and some of
 * their kin. The paper's {@code vit_base_patch16_224} was the AugReg checkpoint, which is no longer
 * the default of that name. Commits are those that public code pins; where none was found, the
 * branch {@code main} is named, and a run says which commit it used.
 */
final class PublishedModels {
  static final List<PublishedCard> CARDS =
      List.of(
          card(
              "vit-base",
              "timm/vit_base_patch16_224.augreg_in21k_ft_in1k",
              "images",
              768,
              "ImageNet-21k, 1k",
              "Apache-2.0",
              ""),
          card(
              "vit-small",
              "timm/vit_small_patch16_224.augreg_in21k_ft_in1k",
              "images",
              384,
              "ImageNet-21k, 1k",
              "Apache-2.0",
              ""),
          card(
              "vit-tiny",
              "timm/vit_tiny_patch16_224.augreg_in21k_ft_in1k",
              "images",
              192,
              "ImageNet-21k, 1k",
              "Apache-2.0",
              ""),
          card(
              "vit-hybrid",
              "timm/vit_base_r50_s16_384.orig_in21k_ft_in1k",
              "images",
              768,
              "ImageNet-21k, 1k",
              "Apache-2.0",
              ""),
          card(
              "deit-small",
              "timm/deit_small_patch16_224.fb_in1k",
              "images",
              384,
              "ImageNet-1k",
              "Apache-2.0",
              ""),
          card("rexnet", "timm/rexnet_100.nav_in1k", "images", 1280, "ImageNet-1k", "MIT", ""),
          card(
              "clip-vit-b32",
              "openai/clip-vit-base-patch32@c237dc49a33fc61debc9276459120b7eac67e7ef",
              "both",
              512,
              "image-text pairs",
              "not stated",
              "the commit is the Hub's own conversion to safetensors, refs/pr/15"),
          card(
              "roberta-base",
              "FacebookAI/roberta-base@e2da8e2f811d1448a5b465c236feacd80ffbac7b",
              "texts",
              768,
              "English",
              "MIT",
              ""),
          card(
              "bert-base-cased",
              "google-bert/bert-base-cased@cd5ef92a9fb2f889e972770a36d4ed042daf221e",
              "texts",
              768,
              "English",
              "Apache-2.0",
              ""),
          card(
              "bert-base-uncased",
              "google-bert/bert-base-uncased@86b5e0934494bd15c9632b12f734a8a67f723594",
              "texts",
              768,
              "English",
              "Apache-2.0",
              ""),
          card(
              "electra-base",
              "google/electra-base-discriminator",
              "texts",
              768,
              "English",
              "Apache-2.0",
              "may be published as a pickle only, which is refused; convert it, then give the folder"),
          card(
              "mpnet",
              "sentence-transformers/all-mpnet-base-v2@e8c3b32edf5434bc2275fc9bab85f82640a19130",
              "texts",
              768,
              "English pairs",
              "Apache-2.0",
              ""),
          card(
              "xlm-roberta-base",
              "FacebookAI/xlm-roberta-base@e73636d4f797dec63c3081bb6ed5c7b0bb3f2089",
              "texts",
              768,
              "100 languages",
              "MIT",
              ""),
          card(
              "roberta-es",
              "PlanTL-GOB-ES/roberta-base-bne",
              "texts",
              768,
              "Spanish",
              "Apache-2.0 (?)",
              ""),
          card(
              "roberta-fr",
              "ClassCat/roberta-base-french",
              "texts",
              768,
              "French",
              "CC-BY-SA-4.0 (?)",
              ""),
          card(
              "roberta-ja",
              "nlp-waseda/roberta-base-japanese",
              "texts",
              768,
              "Japanese",
              "CC-BY-SA-4.0",
              "texts must be segmented by Juman++ first; published without tokenizer.json and as a pickle only: convert both, then give the folder"));

  private PublishedModels() {}

  private static PublishedCard card(
      String name,
      String repo,
      String reads,
      int width,
      String trainedOn,
      String licence,
      String note) {
    return new PublishedCard(name, RepoId.model(repo), reads, width, trainedOn, licence, note);
  }
}
