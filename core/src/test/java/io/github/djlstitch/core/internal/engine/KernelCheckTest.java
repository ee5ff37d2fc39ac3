// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.engine.EngineInfo;
import io.github.djlstitch.core.internal.engine.KernelCheck.State;
import io.github.djlstitch.core.internal.engine.KernelCheck.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("processor")
final class KernelCheckTest {
  @TempDir Path folder;

  @Test
  void thisMachineIsRight() {
    List<Verdict> verdicts = KernelCheck.run();
    assertTrue(verdicts.size() >= 2);
    for (Verdict v : verdicts) {
      assertFalse(v.isWrong(), v::toString);
      if (!v.numbers().equals("bfloat16")) {
        assertEquals(State.RIGHT, v.state(), v::toString);
      }
    }
  }

  @Test
  void whatWasFoundIsKept() throws IOException {
    List<Verdict> first = KernelTrust.verdicts(folder);
    assertEquals(first, KernelTrust.verdicts(folder));
    Path file = onlyFile();
    Files.writeString(file, Files.readString(file).replaceFirst("RIGHT", "WRONG"));
    assertTrue(KernelTrust.verdicts(folder).get(0).isWrong());
  }

  @Test
  void whatIsDamagedIsFoundAgain() throws IOException {
    List<Verdict> first = KernelTrust.verdicts(folder);
    for (String damage : List.of("", "{", "{}", "{\"verdicts\": [{}]}")) {
      Files.writeString(onlyFile(), damage);
      assertEquals(first, KernelTrust.verdicts(folder));
    }
    Files.writeString(onlyFile(), Files.readString(onlyFile()).replace("RIGHT", "PERHAPS"));
    assertEquals(first, KernelTrust.verdicts(folder));
  }

  @Test
  void aFolderThatCannotBeMadeOnlyCostsTime() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertEquals(KernelCheck.runShort(), KernelTrust.verdicts(file.resolve("kernels")));
  }

  @Test
  void oneDnnIsUsedOnlyIfItsUnpackedKernelsAreRight() {
    for (State state : State.values()) {
      var unpacked = new Verdict(KernelTrust.UNPACKED, "float32", state, "1", "");
      var others = new Verdict("packed linear layers", "float32", State.WRONG, "1", "");
      var half = new Verdict(KernelTrust.UNPACKED, "bfloat16", State.ABSENT, "none", "");
      assertEquals(state == State.RIGHT, KernelTrust.allowOneDnn(List.of(others, unpacked, half)));
    }
    assertEquals(List.of(TorchKernels.PLAIN), TorchKernels.trusting(false));
    assertEquals(List.of(TorchKernels.values()), TorchKernels.trusting(true));
  }

  @Test
  void aWrongResultIsToldFromARefusal() {
    String wrong = "results of a weight differ from those of the plain operator";
    assertTrue(TorchKernels.isDifference("the engine refused the call: " + wrong));
    assertFalse(TorchKernels.isDifference("bf16 path needs avx512"));
  }

  @Test
  void valuesThatAreNotNumbersAreDifferent() {
    double[] expected = {1, 2};
    assertEquals(0, KnownProducts.largestDifference(expected, expected.clone()));
    assertEquals(.5, KnownProducts.largestDifference(expected, new double[] {1, 3}));
    double nan = KnownProducts.largestDifference(expected, new double[] {1, Double.NaN});
    assertFalse(nan <= 1);
    assertFalse(KnownProducts.largestDifference(expected, new double[] {1}) <= 1);
  }

  @Test
  void theProcessorHasAName() {
    assertFalse(Processor.current().model().isBlank());
    assertEquals(
        List.of(
            "OMP_WAIT_POLICY",
            "GOMP_SPINCOUNT",
            "MALLOC_TRIM_THRESHOLD_",
            "MALLOC_MMAP_THRESHOLD_",
            "ONEDNN_MAX_CPU_ISA",
            "ATEN_CPU_CAPABILITY"),
        EngineInfo.environment().stream().map(EngineInfo.Setting::variable).toList());
  }

  private Path onlyFile() throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList().get(0);
    }
  }
}
