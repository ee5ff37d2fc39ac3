// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processor as the operating system describes it; LibTorch chooses its kernels by it. LibTorch
 * reads the two variables named here from the environment of the process, and therefore this does,
 * too; they are facts about the engine, not settings of this library.
 *
 * @param model its name, or the architecture if the system gives none
 * @param flags instruction-set flags, separated by spaces; empty if the system gives none
 * @param hidesCaches true if the sizes of its caches are hidden, as some virtual machines do
 *     (Firecracker does); LibTorch's oneDNN then has faults, which {@link TorchProgram} avoids
 */
public record Processor(String model, String flags, boolean hidesCaches) {
  /** The variable that limits oneDNN's instruction sets. */
  public static final String ISA_LIMIT = "ONEDNN_MAX_CPU_ISA";

  /** The variable that limits those of LibTorch's other kernels. */
  public static final String ATEN_LIMIT = "ATEN_CPU_CAPABILITY";

  // With these limits oneDNN chooses other kernels.
  private static final Set<String> UNHARMED = Set.of("SSE41", "AVX");
  // With these, as without any, it multiplies whole tiles of bfloat16.
  private static final Pattern WITH_TILES = Pattern.compile("|DEFAULT|ALL|AVX512_CORE_AMX.*");
  // With these LibTorch's other kernels do without AVX-512.
  private static final Set<String> NARROW = Set.of("default", "avx2");
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");

  /** The processor of this machine. */
  public static Processor current() {
    List<String> lines = lines();
    boolean known = !lines.isEmpty() && "amd64".equals(System.getProperty("os.arch"));
    return new Processor(
        field(lines, "model name").orElse(System.getProperty("os.arch")),
        field(lines, "flags").or(() -> field(lines, "Features")).orElse(""),
        known && !Files.exists(CACHES));
  }

  /**
   * Returns true if a 1 x 1 convolution in a graph that is not ours may end the process, because
   * oneDNN 3.7 divides by the size of a cache. Our own networks have linear layers in their place.
   */
  public boolean mayCrashOnConvolutions() {
    return hidesCaches && !UNHARMED.contains(limit(ISA_LIMIT));
  }

  /**
   * Returns true if products of bfloat16 matrices of any size are fast, as on Intel's processors
   * with AMX; others have fast ones for packed weights only.
   */
  public boolean multipliesBfloat16() {
    return hasTiles() && !NARROW.contains(limit(ATEN_LIMIT));
  }

  /**
   * Returns true if LibTorch's fused attention refuses bfloat16: it prepares matrices for AMX with
   * AVX-512, which {@link #ATEN_LIMIT} may forbid while {@link #ISA_LIMIT} allows AMX.
   */
  public boolean refusesFusedBfloat16() {
    return hasTiles() && NARROW.contains(limit(ATEN_LIMIT));
  }

  private boolean hasTiles() {
    return List.of(flags.split(" ")).contains("amx_bf16")
        && WITH_TILES.matcher(limit(ISA_LIMIT)).matches();
  }

  private static String limit(String variable) {
    return System.getenv().getOrDefault(variable, "");
  }

  /** The limits in force, which change the choice of kernels. */
  static String limits() {
    return Stream.of(ISA_LIMIT, ATEN_LIMIT)
        .map(name -> name + "=" + limit(name))
        .collect(Collectors.joining(" "));
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(CPU_INFO, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return List.of(); // no Linux
    }
  }

  private static Optional<String> field(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name) && line.contains(":"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }
}
