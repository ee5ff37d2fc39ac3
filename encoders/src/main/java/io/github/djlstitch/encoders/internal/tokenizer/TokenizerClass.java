// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.tokenizer;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The tokenizer classes of transformers 5 that make their steps anew from the vocabulary and the
 * settings of {@code tokenizer_config.json}, whatever {@code tokenizer.json} says of them.
 */
enum TokenizerClass {
  /** Also of ELECTRA and DistilBERT. */
  BERT(
      TokenModel.Kind.WordPiece,
      "bert electra distilbert",
      "Bert DistilBert Electra LayoutLM Lxmert MobileBert SqueezeBert",
      Names.BERT),
  /** Of MPNet. */
  MPNET(TokenModel.Kind.WordPiece, "mpnet", "MPNet", Names.MPNET),
  /** Of RoBERTa. */
  ROBERTA(TokenModel.Kind.BPE, "roberta", "Roberta Bart LED Longformer Mvp", Names.ROBERTA),
  /** Of XLM-RoBERTa. */
  XLM_ROBERTA(TokenModel.Kind.Unigram, "xlm-roberta", "XLMRoberta", Names.ROBERTA),
  /** Of CamemBERT. */
  CAMEMBERT(TokenModel.Kind.Unigram, "camembert", "Camembert", Names.ROBERTA),
  /** Of CLIP's texts. */
  CLIP(TokenModel.Kind.BPE, "clip", "CLIP", Names.CLIP);

  private static final class Names {
    // bos, eos, unk, sep, pad, cls, mask; a class without one has a dash.
    static final String BERT = "- - [UNK] [SEP] [PAD] [CLS] [MASK]";
    static final String MPNET = "<s> </s> [UNK] </s> <pad> <s> <mask>";
    static final String ROBERTA = "<s> </s> <unk> </s> <pad> <s> <mask>";
    static final String CLIP = "<|startoftext|> <|endoftext|> <|endoftext|> - <|endoftext|> - -";
  }

  /** The named special tokens, in the order in which they are added. */
  static final List<String> SPECIALS =
      List.of(
          "bos_token",
          "eos_token",
          "unk_token",
          "sep_token",
          "pad_token",
          "cls_token",
          "mask_token");

  private static final List<String> AS_STORED =
      List.of(
          "PreTrainedTokenizer", "PreTrainedTokenizerFast", "TokenizersBackend", "PythonBackend");

  private final TokenModel.Kind model;
  private final String networks;
  private final String classes;
  private final String specials;

  TokenizerClass(TokenModel.Kind model, String networks, String classes, String specials) {
    this.model = model;
    this.networks = networks;
    this.classes = classes;
    this.specials = specials;
  }

  /** The class of that name, or of a network's type if no class is named. */
  static Optional<TokenizerClass> of(Optional<String> name, Optional<String> network) {
    return Arrays.stream(values())
        .filter(
            kind ->
                name.isPresent()
                    ? has(kind.classes, bare(name.get()))
                    : network.isPresent() && has(kind.networks, network.get()))
        .findFirst();
  }

  /** Tests for a class that takes everything from {@code tokenizer.json}. */
  static boolean isStored(String name) {
    return AS_STORED.contains(name);
  }

  private static boolean has(String names, String name) {
    return List.of(names.split(" ", -1)).contains(name);
  }

  private static String bare(String name) {
    return name.replaceFirst("Tokenizer(Fast)?$", "");
  }

  TokenModel.Kind model() {
    return model;
  }

  /** The special token of that name where no file names another. */
  Optional<AddedToken> special(String name) {
    String text = specials.split(" ", -1)[SPECIALS.indexOf(name)];
    return text.equals("-") ? Optional.empty() : Optional.of(named(name, text));
  }

  /** A special token that a file gives by its text alone. */
  AddedToken named(String name, String text) {
    AddedToken token = AddedToken.special(text);
    boolean strips = name.equals("mask_token") && (this == MPNET || this == CAMEMBERT);
    return strips ? token.strippingLeft() : token;
  }

  /** Further special tokens where no file names others. */
  List<String> extras() {
    return this == CAMEMBERT ? List.of("<s>NOTUSED", "</s>NOTUSED", "<unk>NOTUSED") : List.of();
  }

  /** The names of the tokens before and after every text. */
  List<String> around() {
    return this == XLM_ROBERTA || this == CAMEMBERT || this == CLIP
        ? List.of("bos_token", "eos_token")
        : List.of("cls_token", "sep_token");
  }
}
