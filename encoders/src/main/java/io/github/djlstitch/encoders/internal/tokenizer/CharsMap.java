// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.Deque;

/**
 * SentencePiece's compiled table of characters and their replacements: a trie as a double array,
 * behind its size in bytes, then the replacements, each ended by a zero byte. The native library
 * follows its numbers unchecked, so every one that can be reached is checked here.
 *
 * <p>Aoe 1989, doi:10.1109/32.31365; the layout is that of the library Darts-clone.
 */
final class CharsMap {
  private static final int LONGEST = 256; // bytes of a replacement; Unicode's longest has 33

  private final Node node;
  private final int[] units;
  private final byte[] replacements;
  private final BitSet seen = new BitSet();
  private final Deque<Integer> open = new ArrayDeque<>();

  private CharsMap(Node node, int[] units, byte[] replacements) {
    this.node = node;
    this.units = units;
    this.replacements = replacements;
  }

  /** The table as it was stored, checked. */
  static String checked(Node node) {
    byte[] bytes = decoded(node);
    var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < Integer.BYTES) {
      throw node.fault("is cut short");
    }
    long size = Integer.toUnsignedLong(buffer.getInt());
    if (size == 0 || size % Integer.BYTES != 0 || size > buffer.remaining()) {
      throw node.fault("is no compiled table of characters");
    }
    int[] units = new int[(int) size / Integer.BYTES];
    buffer.asIntBuffer().get(units);
    byte[] rest = Arrays.copyOfRange(bytes, Integer.BYTES + (int) size, bytes.length);
    new CharsMap(node, units, rest).check();
    return node.text();
  }

  private static byte[] decoded(Node node) {
    try {
      return Base64.getDecoder().decode(node.text());
    } catch (IllegalArgumentException e) {
      throw node.fault("is no base64").because(e);
    }
  }

  private void check() {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(replacements));
    } catch (CharacterCodingException e) {
      throw node.fault("has replacements that are not UTF-8").because(e);
    }
    visit(offset(units[0]));
    while (!open.isEmpty()) {
      int place = open.pop();
      for (int label = 1; label < 256; label++) {
        int unit = units[place ^ label];
        if ((unit & 0x8000_00ff) == label) {
          int next = (place ^ label) ^ offset(unit);
          visit(next);
          if ((unit >>> 8 & 1) == 1) {
            requireText(units[next] & 0x7fff_ffff);
          }
        }
      }
    }
  }

  // From a place, any of the 256 places of its block may be looked at.
  private void visit(int place) {
    if (place < 0 || (place | 0xff) >= units.length) {
      throw node.fault("leads out of its table");
    }
    if (!seen.get(place)) {
      seen.set(place);
      open.push(place);
    }
  }

  private static int offset(int unit) {
    return unit >>> 10 << ((unit & 1 << 9) >>> 6);
  }

  private void requireText(int start) {
    int end = start;
    while (end < replacements.length && replacements[end] != 0 && end - start <= LONGEST) {
      end++;
    }
    boolean starts = start < replacements.length && (replacements[start] & 0xc0) != 0x80;
    if (!starts || end - start > LONGEST) {
      throw node.fault("leads out of its replacements");
    }
  }
}
