// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.script;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes a TorchScript file as {@code torch.jit.save} does: one module whose method {@code forward}
 * is the given part's {@code step}, with all tensors as parameters that need no gradient, so that
 * {@code to(device)} moves them. The values are streamed; the file needs no copy of them.
 */
public final class ScriptFile {
  // The file format of PyTorch 1.12 and later.
  private static final String VERSION = "10\n";
  private static final byte[] NO_CONSTANTS = {(byte) 0x80, 2, ')', '.'};

  private final StringBuilder source = new StringBuilder();
  private final Pickle state = new Pickle();
  private final List<ScriptTensor> tensors = new ArrayList<>();
  private int classes;

  private ScriptFile() {}

  /** Writes the file; the caller closes the stream. */
  public static void write(OutputStream out, ScriptPart part) throws IOException {
    var file = new ScriptFile();
    file.add(part, "Stitched", forward(part));
    var zip = new StoredZip(out);
    zip.put("m/data.pkl", ByteBuffer.wrap(file.state.finish()));
    zip.put("m/byteorder", "little");
    for (int i = 0; i < file.tensors.size(); i++) {
      zip.put("m/data/" + i, file.tensors.get(i).bytes().get());
    }
    zip.put("m/code/__torch__.py", file.source.toString());
    zip.put("m/constants.pkl", ByteBuffer.wrap(NO_CONSTANTS));
    zip.put("m/version", VERSION);
    zip.finish();
  }

  private static String forward(ScriptPart part) {
    return """
        def forward(self: __torch__.M, %s) -> Tensor:
          return (self).step(%s)
        """
        .formatted(ScriptPart.arguments(part.inputs()), String.join(", ", part.inputs()));
  }

  private void add(ScriptPart part, String type, String more) {
    state.beginModule(type);
    for (int i = 0; i < part.tensors().size(); i++) {
      state.attribute("w" + i);
      state.tensor(part.tensors().get(i), Integer.toString(tensors.size()));
      tensors.add(part.tensors().get(i));
    }
    List<String> types = new ArrayList<>();
    for (int i = 0; i < part.parts().size(); i++) {
      ScriptPart inner = part.parts().get(i);
      types.add(inner.name() + ++classes);
      state.attribute("part" + i);
      add(inner, types.get(i), "");
    }
    state.endModule();
    source.append(text(part, type, types, more));
  }

  private static String text(ScriptPart part, String type, List<String> inner, String more) {
    List<String> names = IntStream.range(0, part.tensors().size()).mapToObj(i -> "w" + i).toList();
    var text = new StringBuilder("class " + type + "(Module):\n");
    text.append("  __parameters__ = [").append(quoted(names)).append("]\n");
    text.append("  __buffers__ = []\n  training : bool\n");
    names.forEach(name -> text.append("  ").append(name).append(" : Tensor\n"));
    for (int i = 0; i < inner.size(); i++) {
      text.append("  part%d : __torch__.%s\n".formatted(i, inner.get(i)));
    }
    String weights =
        names.isEmpty()
            ? "annotate(List[Tensor], [])"
            : names.stream().map(n -> "self." + n).collect(Collectors.joining(", ", "[", "]"));
    String methods = "def weights(self: __torch__.M) -> List[Tensor]:\n  return " + weights + "\n";
    text.append((methods + part.methods() + more).indent(2));
    return text.toString().replaceAll("__torch__\\.M\\b", "__torch__." + type);
  }

  private static String quoted(List<String> names) {
    return names.stream()
        .map(name -> String.format(Locale.ROOT, "\"%s\", ", name))
        .collect(Collectors.joining());
  }
}
