// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.djlstitch.core.StitchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Odd and hostile files, one case each, compared with the reference implementation 0.8.0. */
final class SafetensorsBatteryTest {
  private static final String JSON = "is not strict JSON";
  private static final String GOOD =
      "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}";

  @TempDir Path folder;

  /** A file and what its refusal says; {@code fault} is empty for a file that is accepted. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Case(String name, byte[] file, String fault) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"lengths", "json", "entries", "layouts", "numbers", "foreign"})
  void behavesAsDocumented(Case c) throws IOException {
    if (c.fault.isEmpty()) {
      Safetensors file = SafetensorsBytes.open(folder, c.file);
      file.names().forEach(name -> assertEquals(file.info(name).size(), file.raw(name).length));
      return;
    }
    refused(c.fault, StitchException.Kind.BAD_INPUT, () -> SafetensorsBytes.open(folder, c.file));
    refused("a.safetensors'", () -> Safetensors.open(folder.resolve("a.safetensors")));
  }

  static List<Case> lengths() {
    byte[] two = {'{', '}'};
    List<Case> cases = new ArrayList<>();
    cases.add(new Case("empty file", new byte[0], "at least 8 bytes but has 0"));
    cases.add(new Case("7 bytes", new byte[7], "at least 8 bytes but has 7"));
    cases.add(new Case("N = 0", new byte[8], "is empty"));
    cases.add(new Case("N = 1 + 0xFF", raw(1, 0xff), "starts with byte 0xff"));
    cases.add(new Case("N = 1 + {", raw(1, '{'), JSON));
    cases.add(new Case("not UTF-8", raw(7, '{', '"', 0xff, '"', ':', '1', '}'), "not UTF-8"));
    cases.add(new Case("cut UTF-8", raw(3, '{', '}', 0xc3), "not UTF-8"));
    cases.add(new Case("N larger than file", of(3, two), "needs a file of 11 bytes but the file"));
    cases.add(new Case("N = 2^31", of(1L << 31, two), "100000000 bytes but has 2147483648"));
    cases.add(new Case("N = 100000000", of(100_000_000, two), "needs a file of 100000008"));
    cases.add(new Case("N = 100000001", of(100_000_001, two), "100000000 bytes but has 100000001"));
    cases.add(new Case("N = 2^63-1", of(Long.MAX_VALUE, two), "but has 9223372036854775807"));
    cases.add(new Case("N = 2^63", of(Long.MIN_VALUE, two), "but has 9223372036854775808"));
    cases.add(new Case("N = 2^64-1", of(-1, two), "but has 18446744073709551615"));
    cases.add(new Case("missing data byte", file(GOOD, 0), "cover 1 bytes but 0 bytes follow"));
    cases.add(new Case("extra data byte", file(GOOD, 2), "cover 1 bytes but 2 bytes follow"));
    cases.add(new Case("{} + 1 data byte", file("{}", 1), "cover 0 bytes but 1 bytes follow"));
    return cases;
  }

  static List<Case> json() {
    List<Case> cases = new ArrayList<>();
    accept(cases, "no tensors", "{}", 0);
    accept(cases, "{} + white space", "{} \r\n\t", 0);
    refuse(cases, "leading white space", " {}", "starts with byte 0x20");
    refuse(cases, "array", "[]", "starts with byte 0x5b");
    refuse(cases, "null", "null", "starts with byte 0x6e");
    refuse(cases, "byte order mark", "\ufeff{}", "starts with byte 0xef");
    refuse(cases, "byte order mark inside", "{\ufeff}", JSON);
    refuse(cases, "{}{}", "{}{}", JSON);
    refuse(cases, "trailing text", "{}x", JSON);
    refuse(cases, "NUL padding", "{}\0\0", JSON);
    refuse(cases, "trailing comma", GOOD.replace("}}", "},}"), JSON);
    refuse(cases, "trailing comma in array", GOOD.replace("[1]", "[1,]"), JSON);
    refuse(cases, "line comment", "{}//x", JSON);
    refuse(cases, "block comment", "{/*x*/}", JSON);
    refuse(cases, "hash comment", "{}#x", JSON);
    refuse(cases, "single quotes", GOOD.replace('"', '\''), JSON);
    refuse(cases, "semicolon", GOOD.replace(",\"shape", ";\"shape"), JSON);
    refuse(cases, "equals sign", GOOD.replace("\"a\":", "\"a\"="), JSON);
    refuse(cases, "NaN", GOOD.replace("[1]", "[NaN]"), JSON);
    refuse(cases, "NaN ignored", extra("NaN"), JSON);
    refuse(cases, "literal in capitals", extra("TRUE"), JSON);
    refuse(cases, "leading zero", GOOD.replace("[1]", "[01]"), JSON);
    refuse(cases, "control character in key", "{\"\u0001\":1}", JSON);
    refuse(cases, "control character ignored", extra("\"\u0001\""), JSON);
    refuse(cases, "line feed ignored", extra("\"\n\""), JSON);
    refuse(cases, "bad escape", extra("\"\\x\""), JSON);
    refuse(cases, "lone surrogate", GOOD.replace("\"a\"", "\"\\ud800\""), "half a surrogate");
    refuse(cases, "lone surrogate ignored", extra("[\"\\udc00\"]"), "half a surrogate");
    accept(cases, "surrogate pair", GOOD.replace("\"a\"", "\"\\ud83d\\ude00\""), 1);
    refuse(cases, "nesting of 200", extra("[".repeat(200) + "]".repeat(200)), JSON);
    refuse(cases, "nesting of 10000", "{\"a\":".repeat(10_000), JSON);
    accept(cases, "nesting of 100", extra("[".repeat(100) + "]".repeat(100)), 1);
    return cases;
  }

  static List<Case> entries() {
    String u8 = GOOD.substring(5, GOOD.length() - 1);
    List<Case> cases = new ArrayList<>();
    accept(cases, "extra field", extra("{\"x\":[1,null,true,1e9,\"\"],\"x\":{}}"), 1);
    accept(cases, "empty name", GOOD.replace("\"a\"", "\"\""), 1);
    accept(cases, "escaped name", GOOD.replace("\"a\"", "\"\\u0000\\n\""), 1);
    refuse(cases, "escape sequence in message", "{\"\\u001b[31m\\n\":1}", "tensor '?[31m?' must");
    refuse(cases, "tensor as array", "{\"a\":[\"F32\",[1],[0,4]]}", "but is BEGIN_ARRAY");
    refuse(cases, "tensor as string", "{\"a\":\"x\"}", "but is STRING");
    refuse(cases, "tensor null", "{\"a\":null}", "but is NULL");
    refuse(cases, "same tensor twice", "{\"a\":" + u8 + ",\"a\":" + u8 + "}", "'a' is given twice");
    refuse(
        cases, "escaped twin", "{\"a\":" + u8 + ",\"\\u0061\":" + u8 + "}", "'a' is given twice");
    refuse(cases, "field twice", GOOD.replace("{\"d", "{\"dtype\":\"U8\",\"d"), "'dtype' twice");
    refuse(cases, "other field twice", extra("1,\"x\":1"), "gives field 'x' twice");
    refuse(cases, "no dtype", GOOD.replace("dtype", "type"), "needs dtype, shape and");
    refuse(cases, "no shape", GOOD.replace("shape", "shapes"), "needs dtype, shape and");
    refuse(cases, "no offsets", GOOD.replace("data_", ""), "needs dtype, shape and");
    refuse(cases, "shape null", GOOD.replace("[1]", "null"), "shape must be BEGIN_ARRAY");
    refuse(cases, "1 offset", GOOD.replace("[0,1]", "[0]"), "data_offsets of 2 numbers");
    refuse(cases, "3 offsets", GOOD.replace("[0,1]", "[0,1,1]"), "may hold 2 numbers");
    for (String type : List.of("f32", "C128", "I4", "F8_E4M3FN", "F4", "F6_E2M3", "F6_E3M2", "")) {
      refuse(cases, "dtype " + type, GOOD.replace("U8", type), "has dtype '" + type + "'");
    }
    refuse(cases, "F4, odd count", GOOD.replace("U8", "F4").replace("[1]", "[3]"), "dtype 'F4'");
    refuse(cases, "dtype number", GOOD.replace("\"U8\"", "8"), "dtype must be STRING");
    for (DType type : DType.values()) {
      String entry = GOOD.replace("U8", type.name()).replace("[0,1]", "[0," + type.size() + "]");
      accept(cases, "dtype " + type, entry, type.size());
    }
    accept(cases, "metadata", metadata("{\"k\":\"v\"}"), 0);
    accept(cases, "metadata null", metadata("null"), 0);
    refuse(cases, "metadata number", metadata("{\"k\":1}"), "'k' must be STRING");
    refuse(cases, "metadata list", metadata("[]"), "must be BEGIN_OBJECT");
    refuse(cases, "metadata key twice", metadata("{\"k\":\"\",\"k\":\"\"}"), "'k' is given twice");
    refuse(
        cases, "metadata twice", metadata("null,\"__metadata__\":{}"), "metadata__ is given twice");
    return cases;
  }

  static List<Case> layouts() {
    List<Case> cases = new ArrayList<>();
    accept(cases, "order of header differs", two("2,3", "0,2", 1, 2), 3);
    refuse(cases, "gap at start", "{" + entry("a", 1, "1,2") + "}", "'a' must begin at byte 0");
    refuse(cases, "gap between", two("0,1", "2,3", 1, 1), "'b' must begin at byte 1");
    refuse(cases, "same bytes", two("0,1", "0,1", 1, 1), "'b' must begin at byte 1");
    refuse(cases, "partial overlap", two("0,2", "1,3", 2, 2), "'b' must begin at byte 2");
    refuse(cases, "end < begin", two("0,2", "2,1", 2, 1), "data_offsets are [2, 1]");
    refuse(cases, "beyond the file", "{" + entry("a", 9, "0,9") + "}", "cover 9 bytes but 3");
    refuse(cases, "size differs", "{" + entry("a", 4, "0,3") + "}", "[4] of U8 needs 4 bytes");
    accept(cases, "zero size at one offset", two("0,0", "0,0", 0, 0), 0);
    accept(cases, "zero size between", two("0,0", "0,3", 0, 3), 3);
    accept(cases, "zero size at end", two("3,3", "0,3", 0, 3), 3);
    refuse(cases, "zero size inside", two("1,1", "0,3", 0, 3), "must begin at byte 3");
    StringBuilder same = new StringBuilder("{" + entry("t0", 3, "0,3"));
    for (int i = 1; i < 10; i++) {
      same.append(',').append(entry("t" + i, 3, "0,3"));
    }
    refuse(cases, "ten tensors on the same bytes", same.append('}').toString(), "at byte 3");
    return cases;
  }

  static List<Case> numbers() {
    List<Case> cases = new ArrayList<>();
    String max = "9223372036854775807";
    String unsigned = "18446744073709551615";
    accept(cases, "scalar", shape("", 1), 1);
    accept(cases, "rank 64", shape("1" + ",1".repeat(63), 1), 1);
    refuse(cases, "rank 1001", shape("1" + ",1".repeat(1000), 1), "may hold 64 numbers");
    refuse(cases, "rank 65", shape("1" + ",1".repeat(64), 1), "may hold 64 numbers");
    accept(cases, "zero first", shape("0," + max, 0), 0);
    refuse(cases, "zero first, dimension 2^64-1", shape("0," + unsigned, 0), "from 0 to 2^63-1");
    refuse(cases, "2 * (2^63-1)", shape("2," + max, 0), "overflows");
    refuse(cases, "2 * (2^64-2)", shape("2,18446744073709551614", 0), "from 0 to 2^63-1");
    refuse(cases, "2^64-1, 2, 0", shape(unsigned + ",2,0", 0), "from 0 to 2^63-1");
    String wide = shape("2," + max, 0).replace("U8", "I32");
    refuse(cases, "2 * (2^63-1) of 4 bytes", wide, "overflows");
    refuse(cases, "zero last", shape(max + ",2,0", 0), "overflows");
    refuse(cases, "wraps to 0", shape("4294967296,4294967296", 0), "overflows");
    refuse(cases, "known attack", shape("4194305,4194305,211106198978564", 4), "overflows");
    for (String bad : List.of("-1", "-0", "1.0", "1e0", "18446744073709551616")) {
      refuse(cases, "dimension " + bad, shape(bad, 1), "from 0 to 2^63-1 but got " + bad);
      refuse(cases, "offset " + bad, GOOD.replace("[0,1]", "[0," + bad + "]"), "got " + bad);
    }
    refuse(cases, "dimension in quotes", shape("\"1\"", 1), "shape must be NUMBER but is STRING");
    refuse(cases, "dimension null", shape("null", 1), "shape must be NUMBER but is NULL");
    refuse(cases, "nested shape", shape("[1]", 1), "shape must be NUMBER but is BEGIN_ARRAY");
    return cases;
  }

  static List<Case> foreign() {
    String export = "use a file in safetensors format";
    List<Case> cases = new ArrayList<>();
    cases.add(new Case("zip", latin("PK\3\4\24\0\0\0\10\0 and more"), export));
    cases.add(new Case("zip of version 0", latin("PK\3\4\0\0\0\0\10\10"), "is a zip archive"));
    for (char protocol = 2; protocol <= 5; protocol++) {
      byte[] pickle = latin("\u0080" + protocol + "}q\0(X\1\0\0\0a.");
      cases.add(new Case("pickle " + (int) protocol, pickle, "is a Python pickle"));
    }
    cases.add(new Case("short pickle", latin("\u0080\2N."), "is a Python pickle"));
    cases.add(new Case("HDF5", latin("\u0089HDF\r\n\32\n\0\0"), "is an HDF5 file"));
    cases.add(new Case("npy", latin("\u0093NUMPY\1\0v\0{'descr'"), "is a NumPy .npy file"));
    cases.add(new Case("LFS", latin("version https://git-lfs.github.com/spec/v1"), "git lfs pull"));
    cases.add(new Case("page", latin("<!DOCTYPE html><html></html>"), "is a web page"));
    // 640 = 0x0280: the first bytes of a pickle are also a good header length.
    cases.add(new Case("length like a pickle", file("{}" + " ".repeat(638), 0), ""));
    return cases;
  }

  private static void accept(List<Case> cases, String name, String header, int dataSize) {
    cases.add(new Case(name, file(header, dataSize), ""));
  }

  private static void refuse(List<Case> cases, String name, String header, String fault) {
    cases.add(new Case(name, file(header, 3), fault));
  }

  private static byte[] file(String header, int dataSize) {
    return SafetensorsBytes.file(header, dataSize);
  }

  private static byte[] of(long headerSize, byte[] header) {
    return SafetensorsBytes.file(headerSize, header, 0);
  }

  private static byte[] raw(int headerSize, int... header) {
    byte[] bytes = new byte[header.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) header[i];
    }
    return of(headerSize, bytes);
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String extra(String json) {
    return GOOD.replace("}}", ",\"x\":" + json + "}}");
  }

  private static String metadata(String json) {
    return "{\"__metadata__\":" + json + "}";
  }

  private static String shape(String dimensions, int end) {
    return GOOD.replace("[1]", "[" + dimensions + "]").replace("[0,1]", "[0," + end + "]");
  }

  private static String entry(String name, int size, String offsets) {
    return "\"%s\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[%s]}"
        .formatted(name, size, offsets);
  }

  private static String two(String a, String b, int sizeA, int sizeB) {
    return "{" + entry("a", sizeA, a) + "," + entry("b", sizeB, b) + "}";
  }
}
