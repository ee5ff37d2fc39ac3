// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.exported;

import static io.github.djlstitch.encoders.Refusals.refused;

import io.github.djlstitch.core.StitchException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules with convolutions are refused where LibTorch's can end the process. */
class TorchScriptGraphTest {
  @TempDir Path folder;

  @Test
  void modulesWithConvolutionsAreRefused() throws IOException {
    for (String call : new String[] {"torch.conv2d(x, w)", "torch._convolution(x, w)"}) {
      Path file = archive("def forward(self, x):\n  return " + call + "\n");
      refused(
          "set the environment variable ONEDNN_MAX_CPU_ISA=SSE41",
          Kind.UNAVAILABLE,
          () -> TorchScriptGraph.requireNoConvolutions(file));
    }
  }

  @Test
  void othersAreNot() throws IOException {
    TorchScriptGraph.requireNoConvolutions(archive("def forward(self, x):\n  return x\n"));
  }

  @Test
  void whatIsNoArchiveIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("text.pt"), "no archive");
    refused(
        "LibTorch cannot load", Kind.BAD_INPUT, () -> TorchScriptGraph.requireNoConvolutions(file));
  }

  private Path archive(String code) throws IOException {
    Path file = folder.resolve("module.pt");
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("m/data.pkl"));
      zip.putNextEntry(new ZipEntry("m/code/__torch__.py"));
      zip.write(code.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }
}
