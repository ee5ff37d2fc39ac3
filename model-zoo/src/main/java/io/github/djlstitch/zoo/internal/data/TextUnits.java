// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;

/**
 * The units that the bytes of a text come in: one byte, or two or four of UTF-16 and UTF-32, so
 * that lines can be found before they are decoded.
 *
 * @param charset never one that leaves the byte order to a mark
 * @param size bytes of a unit
 */
record TextUnits(Charset charset, int size) {
  private static final char MARK = '\uFEFF';

  /** The units of a text that starts with these bytes, whose mark decides the byte order. */
  static TextUnits of(Charset charset, byte[] start) {
    return switch (charset.name()) {
      case "UTF-16" -> new TextUnits(isLittleEndian(start) ? UTF_16LE : UTF_16BE, 2);
      case "UTF-16LE", "UTF-16BE" -> new TextUnits(charset, 2);
      case "UTF-32" ->
          new TextUnits(
              Charset.forName(
                  start.length > 0 && start[0] == (byte) 0xff ? "UTF-32LE" : "UTF-32BE"),
              4);
      case "UTF-32LE", "UTF-32BE" -> new TextUnits(charset, 4);
      default -> new TextUnits(charset, 1);
    };
  }

  // Without a mark, letters of the first 256 tell the order, else it is the standard's.
  private static boolean isLittleEndian(byte[] start) {
    boolean marked = start.length > 1 && (start[0] & start[1] & 0xfe) == 0xfe;
    return marked ? start[0] == (byte) 0xff : start.length > 1 && start[0] != 0 && start[1] == 0;
  }

  /** The name of the character set that these first bytes look like, if not the expected one. */
  static String guess(byte[] start) {
    String bytes = new String(start, ISO_8859_1);
    if (bytes.startsWith("\u00ff\u00fe\0\0") || bytes.startsWith("\0\0\u00fe\u00ff")) {
      return "UTF-32";
    }
    if (bytes.startsWith("\u00ff\u00fe") || bytes.startsWith("\u00fe\u00ff")) {
      return "UTF-16";
    }
    if (bytes.matches("(?s)([^\0]\0){4}.*")) {
      return "UTF-16LE";
    }
    return bytes.matches("(?s)(\0[^\0]){4}.*") ? "UTF-16BE" : "";
  }

  /** Tells if the unit at this place ends a line. */
  boolean endsLine(byte[] bytes, int at) {
    if (size == 1) {
      return bytes[at] == '\n';
    }
    boolean little = charset.name().endsWith("LE");
    int value = 0;
    for (int i = 0; i < size; i++) {
      value = (value << 8) | (bytes[little ? at + size - 1 - i : at + i] & 0xff);
    }
    return value == '\n';
  }

  /**
   * Decodes strictly.
   *
   * @param bytes what is decoded; on failure its position is that of the first bad byte
   */
  String decode(ByteBuffer bytes) throws CharacterCodingException {
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(bytes)
        .toString();
  }

  /** The first line of a file without its byte order mark. */
  String unmarked(String line) {
    boolean hasMarks = charset.equals(UTF_8) || size > 1;
    return hasMarks && line.indexOf(MARK) == 0 ? line.substring(1) : line;
  }
}
