// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.KernelCheck.State;
import io.github.djlstitch.core.internal.engine.KernelCheck.Verdict;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.internal.file.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides for the whole process, as LibTorch chooses its kernels for all of it, if oneDNN's are
 * used: only if {@link KernelCheck} found those on unpacked weights right on this processor, now or
 * before. Packed weights are checked one by one. Thread-safe.
 */
final class KernelTrust {
  static final String LINEAR = " linear layers";
  static final String UNPACKED = "unpacked" + LINEAR;

  private static final int SCHEMA = 1;
  private static @Nullable Path folder;
  private static volatile @Nullable Boolean oneDnn; // read at every call of a program

  private KernelTrust() {}

  static synchronized void keepIn(Path where) {
    folder = where;
  }

  static boolean oneDnn() {
    Boolean known = oneDnn;
    return known == null ? decided() : known;
  }

  private static synchronized boolean decided() {
    Boolean known = oneDnn;
    if (known == null) {
      List<Verdict> verdicts = folder == null ? KernelCheck.runShort() : verdicts(folder);
      verdicts.stream().filter(Verdict::isWrong).forEach(KernelWarnings::wrong);
      known = allowOneDnn(verdicts);
      oneDnn = known;
    }
    return known;
  }

  // Others are checked weight by weight.
  static boolean allowOneDnn(List<Verdict> verdicts) {
    return verdicts.stream()
        .filter(v -> v.family().equals(UNPACKED) && v.numbers().equals("float32"))
        .allMatch(v -> v.state() == State.RIGHT);
  }

  static List<Verdict> verdicts(Path folder) {
    String machine = machine();
    Path file = folder.resolve(Sha256.builder().add(machine).hex().substring(0, 16) + ".json");
    return kept(file).orElseGet(() -> tested(file, machine));
  }

  private static List<Verdict> tested(Path file, String machine) {
    List<Verdict> verdicts = KernelCheck.runShort();
    try {
      JsonCard.write(file, card(machine, verdicts));
    } catch (StitchException e) {
      return verdicts; // a folder that cannot be written costs a test in each process
    }
    return verdicts;
  }

  // What LibTorch chooses kernels by.
  private static String machine() {
    Processor processor = Processor.current();
    return String.join(
        "\n",
        LoadedEngine.version(),
        processor.model(),
        processor.flags(),
        "caches " + (processor.hidesCaches() ? "hidden" : "visible"),
        Processor.limits());
  }

  private static JsonObject card(String machine, List<Verdict> verdicts) {
    var list = new JsonArray();
    for (Verdict v : verdicts) {
      var item = new JsonObject();
      item.addProperty("family", v.family());
      item.addProperty("numbers", v.numbers());
      item.addProperty("state", v.state().name());
      item.addProperty("found", v.found());
      item.addProperty("remedy", v.remedy());
      list.add(item);
    }
    var card = new JsonObject();
    card.addProperty("schema", SCHEMA);
    card.addProperty("machine", machine);
    card.add("verdicts", list);
    return card;
  }

  private static Optional<List<Verdict>> kept(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          JsonCard.read(file).cards("verdicts").stream().map(KernelTrust::verdict).toList());
    } catch (StitchException | IllegalArgumentException e) {
      return Optional.empty(); // damaged: tested again
    }
  }

  private static Verdict verdict(JsonCard card) {
    return new Verdict(
        card.text("family"),
        card.text("numbers"),
        State.valueOf(card.text("state")),
        card.text("found"),
        card.text("remedy"));
  }
}
