// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.weights;

import static io.github.djlstitch.encoders.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.StitchException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OnnxExternalDataTest {
  @TempDir Path parent;
  private Path folder;

  @BeforeEach
  void create() throws IOException {
    folder = Files.createDirectory(parent.resolve("m"));
    Files.writeString(folder.resolve("w.data"), "12345678");
    Files.writeString(parent.resolve("secret"), "12345678");
  }

  @Test
  void filesBesideTheGraphAreListed() throws IOException {
    assertEquals(List.of(), in(graph(OnnxBytes.tensor("w", new long[] {1}, 1))));
    List<Path> found = in(graph(external("w.data")));
    assertEquals(List.of(folder.resolve("w.data")), found);
    Files.createDirectory(folder.resolve("d"));
    Files.writeString(folder.resolve("d/w"), "x");
    assertEquals(List.of(folder.resolve("d/w")), in(graph(external("./d/../d/w"))));
  }

  @Test
  void theyAreFoundWhereverTensorsAre() {
    OnnxBytes tensor = external("../secret");
    List<UnaryOperator<OnnxBytes>> places =
        List.of(
            t -> graph(t),
            t -> graph(new OnnxBytes()).bytes(7, new OnnxBytes().initializer(t).toBytes()),
            t -> new OnnxBytes().bytes(7, sparse(t)),
            t -> inAttribute(attribute(5, t)),
            t -> inAttribute(attribute(10, t)),
            t -> inAttribute(attribute(6, new OnnxBytes().initializer(t))),
            t -> inAttribute(attribute(11, new OnnxBytes().node(inNode(attribute(5, t))))),
            t -> inAttribute(attribute(22, new OnnxBytes().bytes(2, t.toBytes()))),
            t -> new OnnxBytes().bytes(25, function(7, inNode(attribute(5, t)))),
            t -> new OnnxBytes().bytes(25, function(11, attribute(5, t))),
            t -> new OnnxBytes().bytes(20, function(2, new OnnxBytes().initializer(t))));
    for (UnaryOperator<OnnxBytes> place : places) {
      bad("keeps tensors in '../secret', which lies outside", place.apply(tensor));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret",
        "/etc/passwd",
        "a/../../secret",
        "",
        ".",
        "./",
        "missing",
        "w.data\0",
        "*/_ORT_MEM_ADDR_/*"
      })
  void otherFilesAreRefused(String location) {
    bad("; the graph is not run", graph(external(location)));
  }

  @Test
  void linksAreRefused() throws IOException {
    Files.createSymbolicLink(folder.resolve("link"), parent.resolve("secret"));
    bad("is a symbolic link", graph(external("link")));
    Files.createSymbolicLink(folder.resolve("near"), Path.of("w.data"));
    bad("is a symbolic link", graph(external("near")));
    Files.createSymbolicLink(folder.resolve("up"), parent);
    bad("is a symbolic link", graph(external("up/secret")));
    bad("which does not exist", graph(external("w.data/x")));
  }

  // Bits behind a link are other bytes than those that were checked.
  @Test
  void theWayIsCheckedAsItStands() throws IOException {
    Path away = Files.createDirectories(parent.resolve("away/deep"));
    Files.writeString(parent.resolve("away/w.data"), "87654321");
    Files.createSymbolicLink(folder.resolve("d"), away);
    bad("is a symbolic link", graph(external("d/../w.data")));
  }

  @Test
  void aSecondNameOfAnotherFileIsRefused() throws IOException {
    Files.createLink(folder.resolve("hard"), parent.resolve("secret"));
    bad("(a hard link)", graph(external("hard")));
  }

  @Test
  void addressesInMemoryAreRefusedEvenAsFiles() throws IOException {
    Files.createDirectories(folder.resolve("*/_ORT_MEM_ADDR_"));
    Files.writeString(folder.resolve("*/_ORT_MEM_ADDR_/*"), "12345678");
    bad("may be an address", graph(external("*/_ORT_MEM_ADDR_/*")));
  }

  // ONNX Runtime takes the lower 32 bits of a tag: field 13, where others see field 2^29 + 13.
  @Test
  void whatReadersUnderstandDifferentlyIsRefused() {
    byte[] entry = new OnnxBytes().text(1, "location").text(2, "../secret").toBytes();
    var tensor = new OnnxBytes().number(1, 2).number(2, 1).text(8, "w");
    for (int[] tag :
        new int[][] {
          {0xea, 0x80, 0x80, 0x80, 0x10},
          {0xea, 0x80, 0x80, 0x80, 0x00},
          {0xea, 0x00},
          {0xea, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x02},
          {0x02}
        }) {
      var hostile = new OnnxBytes().raw(tensor.toBytes()).raw(tag).raw(entry.length).raw(entry);
      bad("is not a whole ONNX file", graph(hostile));
    }
    bad("a text in UTF-8", graph(new OnnxBytes().bytes(13, new byte[] {0x12, 1, (byte) 0xff})));
  }

  @Test
  void brokenFilesAreRefused() throws IOException {
    byte[] whole = graph(external("w.data")).toBytes();
    Path file = folder.resolve("g.onnx");
    for (int i = 0; i < whole.length; i++) {
      for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff, whole[i] ^ 1, whole[i] ^ 0x80}) {
        byte[] bytes = whole.clone();
        bytes[i] = (byte) value;
        readOrRefuse(Files.write(file, bytes));
      }
      readOrRefuse(Files.write(file, Arrays.copyOf(whole, i)));
    }
    OnnxBytes deep = new OnnxBytes().initializer(external("w.data"));
    for (int i = 0; i < 100; i++) {
      deep = new OnnxBytes().node(inNode(attribute(6, deep)));
    }
    bad("graphs within graphs", new OnnxBytes().bytes(7, deep.toBytes()));
    bad("cannot read", folder.resolve("none.onnx"));
  }

  private static void readOrRefuse(Path file) {
    try {
      OnnxExternalData.of(file);
    } catch (StitchException e) {
      assertEquals(Kind.BAD_INPUT, e.kind());
    }
  }

  private List<Path> in(OnnxBytes model) throws IOException {
    return OnnxExternalData.of(Files.write(folder.resolve("g.onnx"), model.toBytes()));
  }

  private void bad(String part, OnnxBytes model) {
    refused(part, Kind.BAD_INPUT, () -> in(model));
  }

  private static void bad(String part, Path file) {
    refused(part, Kind.BAD_INPUT, () -> OnnxExternalData.of(file));
  }

  private static OnnxBytes external(String location) {
    var key = new OnnxBytes().text(1, "location").text(2, location);
    var offset = new OnnxBytes().text(1, "offset").text(2, "0");
    return new OnnxBytes()
        .number(1, 2)
        .number(2, 1)
        .text(8, "w")
        .bytes(13, offset.toBytes())
        .bytes(13, key.toBytes())
        .number(14, 1);
  }

  private static OnnxBytes graph(OnnxBytes tensor) {
    return new OnnxBytes().number(1, 8).bytes(7, new OnnxBytes().initializer(tensor).toBytes());
  }

  private static byte[] sparse(OnnxBytes tensor) {
    return new OnnxBytes()
        .bytes(15, new OnnxBytes().bytes(1, tensor.toBytes()).toBytes())
        .toBytes();
  }

  private static OnnxBytes attribute(int field, OnnxBytes value) {
    return new OnnxBytes().text(1, "value").bytes(field, value.toBytes());
  }

  private static OnnxBytes inNode(OnnxBytes attribute) {
    return new OnnxBytes().text(4, "Constant").bytes(5, attribute.toBytes());
  }

  private static OnnxBytes inAttribute(OnnxBytes attribute) {
    return new OnnxBytes().bytes(7, new OnnxBytes().node(inNode(attribute)).toBytes());
  }

  private static byte[] function(int field, OnnxBytes part) {
    return new OnnxBytes().bytes(field, part.toBytes()).toBytes();
  }
}
