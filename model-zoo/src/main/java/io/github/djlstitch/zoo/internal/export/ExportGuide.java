// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.export;

import java.util.stream.Collectors;

/** The text beside an exported model: what it is and how to load it. */
final class ExportGuide {
  private static final String TEXTS =
      """
      From PyTorch 2.0 on, with the library `tokenizers`:

      ```
      import torch
      from tokenizers import Tokenizer
      model = torch.jit.load("model.pt").eval()        # .to("cuda") moves it
      tokenizer = Tokenizer.from_file("tokenizer.json")
      batch = tokenizer.encode_batch(["a text", "another one"])
      scores = model(torch.tensor([t.ids for t in batch]), torch.tensor([t.attention_mask for t in batch]))
      labels = [open("synset.txt").read().splitlines()[i] for i in scores.argmax(1)]
      ```

      From DJL, with `ai.djl.huggingface:tokenizers` and the PyTorch engine:

      ```
      Criteria<String, Classifications> criteria =
          Criteria.builder()
              .setTypes(String.class, Classifications.class)
              .optModelPath(Path.of("FOLDER"))
              .optEngine("PyTorch")
              .optTranslatorFactory(new TextClassificationTranslatorFactory())
              .build();
      try (var model = criteria.loadModel(); var predictor = model.newPredictor()) {
        Classifications answer = predictor.predict("a text");
      }
      ```

      `model.pt` takes `input_ids` and `attention_mask`, (B, T), int64, 0 where padded, and at most %s tokens.
      """;

  private static final String IMAGES =
      """
      From PyTorch 2.0 on, with pixels prepared as `preprocessing.json` says:

      ```
      import torch
      model = torch.jit.load("model.pt").eval()        # .to("cuda") moves it
      scores = model(pixels)
      labels = [open("synset.txt").read().splitlines()[i] for i in scores.argmax(1)]
      ```

      From DJL, with the PyTorch engine:

      ```
      Criteria<Image, Classifications> criteria =
          Criteria.builder()
              .setTypes(Image.class, Classifications.class)
              .optModelPath(Path.of("FOLDER"))
              .optEngine("PyTorch")
              .optTranslatorFactory(new ImageClassificationTranslatorFactory())
              .build();
      try (var model = criteria.loadModel(); var predictor = model.newPredictor()) {
        Classifications answer = predictor.predict(ImageFactory.getInstance().fromFile(Path.of("a.png")));
      }
      ```

      `model.pt` takes `pixels`, (B, 3, %s, %s), float32, red first.
      """;

  private ExportGuide() {}

  static String text(ExportedModel model) {
    return """
        # %s into %s

        A classifier of %s with %d classes, exported by djl-stitch: the encoder, the method '%s' and the head in
        one TorchScript file, float32. It gives class scores before softmax, (B, C), in the order of `synset.txt`.

        %s
        DJL Serving takes this folder as it is (`serving.properties`).
        %s"""
        .formatted(
            model.encoder(),
            model.decoder(),
            model.input().texts() ? "texts" : "images",
            model.classes().size(),
            model.method(),
            use(model),
            differences(model));
  }

  private static String use(ExportedModel model) {
    var settings = model.input().settings();
    return model.input().texts()
        ? TEXTS.formatted(settings.get("maxLength"))
        : IMAGES.formatted(settings.get("height"), settings.get("width"));
  }

  private static String differences(ExportedModel model) {
    return model.input().differences().stream()
        .map(sentence -> "\nNote: " + sentence + ".\n")
        .collect(Collectors.joining());
  }
}
