// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.engine;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.engine.KernelTest.State;
import io.github.djlstitch.core.engine.KernelTest.Verdict;
import io.github.djlstitch.core.file.JsonCard;
import io.github.djlstitch.core.file.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether this process uses oneDNN's kernels: if {@link KernelTest}, or what it found before on
 * this processor, says that those on unpacked weights are right. Packed weights are checked one by
 * one. Of the process, as LibTorch's choice of kernels is.
 */
final class KernelTrust {
  static final String LINEAR = " linear layers";
  static final String UNPACKED = "unpacked" + LINEAR;

  private static final int SCHEMA = 1;
  private static @Nullable Path folder;
  private static @Nullable Boolean oneDnn;

  private KernelTrust() {}

  static synchronized void keepIn(Path where) {
    folder = where;
  }

  static synchronized boolean oneDnn() {
    if (oneDnn == null) {
      List<Verdict> verdicts = folder == null ? KernelTest.runShort() : verdicts(folder);
      verdicts.stream().filter(Verdict::isWrong).forEach(KernelWarnings::wrong);
      oneDnn = allowOneDnn(verdicts);
    }
    return oneDnn;
  }

  // Others are checked weight by weight.
  static boolean allowOneDnn(List<Verdict> verdicts) {
    return verdicts.stream()
        .filter(v -> v.family().equals(UNPACKED) && v.numbers().equals("float32"))
        .allMatch(v -> v.state() == State.RIGHT);
  }

  /** Whether a kernel failed by a wrong result, and not because LibTorch has none. */
  static boolean isWrong(StitchException failure) {
    return failure.getMessage().contains(TorchKernels.DIFFERENT);
  }

  static List<Verdict> verdicts(Path folder) {
    String machine = machine();
    Path file = folder.resolve(Sha256.builder().add(machine).hex().substring(0, 16) + ".json");
    return kept(file).orElseGet(() -> tested(file, machine));
  }

  private static List<Verdict> tested(Path file, String machine) {
    List<Verdict> verdicts = KernelTest.runShort();
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
        EngineInfo.version(),
        processor.model(),
        processor.flags(),
        "caches " + (processor.hidesCaches() ? "hidden" : "visible"),
        EngineInfo.isaLimits());
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
