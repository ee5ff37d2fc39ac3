// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.internal.text.Cleaning;
import io.github.djlstitch.encoders.internal.text.TextTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Opens damaged tokenizers and cuts texts with what opens. Run by {@code TokenizerFuzzTest}; for a
 * long run: {@code mvn -o -pl encoders -am test -Dtest=TokenizerFuzzTest -Dfuzz=20000}.
 */
final class TokenizerFuzz {
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "hello world",
          "Héllo [CLS] <mask> 中文 x\u0301 😀 \u0000 ﬁ ½",
          "a b aab \t\n",
          "x".repeat(300));

  private final Path folder;
  private final List<String> bases;
  private final List<Map<String, String>> settings;
  int opened;
  int refused;
  long slowest;

  TokenizerFuzz(Path folder) throws IOException {
    this.folder = folder;
    this.bases = TinyTokenizers.all();
    this.settings = TinyTokenizers.settings();
  }

  /** One damaged tokenizer; returns the failure that is not a refusal, if there is one. */
  Optional<Throwable> run(long seed) throws IOException {
    var random = new Random(seed);
    var mutations = new Mutations(seed);
    int victim = random.nextInt(5); // of five files, mostly the tokenizer itself
    String base = bases.get(random.nextInt(bases.size()));
    Path file = folder.resolve("tokenizer.json");
    Files.write(file, victim < 3 ? mutations.of(base) : base.getBytes(UTF_8));
    List<Path> beside = new ArrayList<>();
    var chosen = settings.get(random.nextInt(settings.size()));
    for (var entry : chosen.entrySet()) {
      Path path = folder.resolve(entry.getKey());
      byte[] bytes = entry.getValue().getBytes(UTF_8);
      Files.write(path, victim >= 3 ? mutations.of(entry.getValue()) : bytes);
      beside.add(path);
    }
    long start = System.nanoTime();
    try {
      open(file, random.nextBoolean(), 1 + random.nextInt(12));
      opened++;
      return Optional.empty();
    } catch (StitchException e) {
      refused++;
      return e.getMessage().contains("\n") ? Optional.of(e) : Optional.empty();
    } catch (RuntimeException | Error e) {
      return Optional.of(e);
    } finally {
      slowest = Math.max(slowest, System.nanoTime() - start);
      for (Path path : beside) {
        Files.delete(path);
      }
    }
  }

  private void open(Path file, boolean alone, int limit) {
    Tokenization tokenization = alone ? Tokenization.of(file) : Tokenization.of(file, settings());
    try (var tokenizer = TextTokenizer.open(tokenization, limit, Cleaning.NONE)) {
      for (long[] ids : tokenizer.ids(TEXTS)) {
        if (ids.length > limit) {
          throw new AssertionError(ids.length + " tokens, expected at most " + limit);
        }
      }
    }
  }

  private TokenizerSettings settings() {
    return TokenizerSettings.of(
        card("config.json").orElseGet(() -> JsonCard.absent(folder.resolve("config.json"))),
        this::card,
        folder::resolve);
  }

  private Optional<JsonCard> card(String name) {
    Path file = folder.resolve(name);
    return Files.exists(file) ? Optional.of(JsonCard.read(file)) : Optional.empty();
  }
}
