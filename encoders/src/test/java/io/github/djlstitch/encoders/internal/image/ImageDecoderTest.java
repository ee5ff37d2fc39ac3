// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

import static io.github.djlstitch.encoders.internal.image.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.Expected;
import io.github.djlstitch.encoders.image.RgbImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
  private static JsonObject files = new JsonObject();

  @BeforeAll
  static void load() throws IOException {
    files = Expected.json("image-files.expected.json").getAsJsonObject();
  }

  private static byte[] file(String name) {
    return bytes(files.getAsJsonArray(name));
  }

  private static byte[] bytes(JsonArray row) {
    return Base64.getDecoder().decode(row.get(0).getAsString());
  }

  static Stream<String> names() {
    return files.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void equalsPillow(String name) {
    JsonArray row = files.getAsJsonArray(name);
    if (row.get(1).isJsonNull()) {
      refused("image '" + name + "' ", () -> ImageDecoder.decode(name, bytes(row)));
      return;
    }
    RgbImage image = ImageDecoder.decode(name, bytes(row));
    assertEquals(row.get(1).getAsInt(), image.width());
    assertEquals(row.get(2).getAsInt(), image.height());
    assertEquals(row.get(3).getAsString(), Pictures.crc(image));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rgb-filters.png", "palette4.png", "grey2-interlaced.png", "rgb-92-420.jpg", "cmyk.jpg",
        "rgb-92-420-progressive.jpg", "grey.jpg", "rgb.gif", "part-transparent.gif", "mode-RGB.bmp",
        "mode-P.bmp", "565.bmp", "rgb-os2.bmp"
      })
  void damagedFilesGiveAnImageOrARefusal(String name) {
    byte[] bytes = file(name);
    for (int i = 0; i < bytes.length; i++) {
      for (int change : new int[] {0xff, 1, 0x80}) {
        byte[] damaged = bytes.clone();
        damaged[i] ^= (byte) change;
        decodeOrRefuse(name + " byte " + i, damaged);
      }
    }
  }

  private static void decodeOrRefuse(String name, byte[] bytes) {
    try {
      RgbImage image = ImageDecoder.decode(name, bytes);
      assertEquals(3 * image.width() * image.height(), image.pixels().length);
    } catch (StitchException e) {
      assertEquals(StitchException.Kind.BAD_INPUT, e.kind(), e.getMessage());
      assertEquals(1, e.getMessage().lines().count());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rgb-filters.png",
        "rgb8-interlaced.png",
        "rgb-92-420.jpg",
        "rgb-92-420-progressive.jpg",
        "cmyk.jpg",
        "rgb.gif",
        "animated.gif",
        "mode-RGB.bmp",
        "mode-1.bmp"
      })
  void truncatedFilesAreRefused(String name) {
    byte[] bytes = file(name);
    int pixelsEnd = name.equals("animated.gif") ? bytes.length / 2 : bytes.length - 2;
    for (int length = 0; length < pixelsEnd; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      refused("image '" + name + "' ", () -> ImageDecoder.decode(name, part));
    }
  }

  @Test
  void bombsAreRefusedFromTheirHeaders() {
    byte[] png = file("rgb-filters.png");
    ByteBuffer.wrap(png).putInt(16, 50_000).putInt(20, 50_000);
    refused("has 50000 x 50000 pixels but at most", () -> ImageDecoder.decode("bomb.png", png));
    ByteBuffer.wrap(png).putInt(16, 9_000).putInt(20, 9_000);
    refused(
        "is damaged: it has 9000 x 9000 pixels in 428 bytes",
        () -> ImageDecoder.decode("bomb.png", png));
    ByteBuffer.wrap(png).putInt(16, -1).putInt(20, -1);
    refused("side", () -> ImageDecoder.decode("bomb.png", png));
    byte[] gif = file("rgb.gif");
    gif[6] = gif[7] = gif[8] = gif[9] = (byte) 0xff;
    refused("has 65535 x 65535 pixels", () -> ImageDecoder.decode("bomb.gif", gif));
    byte[] bmp = file("mode-RGB.bmp");
    bmp[20] = bmp[24] = 1;
    refused("pixels but at most", () -> ImageDecoder.decode("bomb.bmp", bmp));
    byte[] jpeg = file("grey.jpg");
    int frame = new String(jpeg, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00c0");
    ByteBuffer.wrap(jpeg).putInt(frame + 5, 0x7fff7fff);
    refused("has 32767 x 32767 pixels", () -> ImageDecoder.decode("bomb.jpg", jpeg));
  }

  @Test
  void theScansOfAJpegAreCountedTogether() {
    byte[] jpeg = file("rgb-92-420-progressive.jpg");
    String bytes = new String(jpeg, StandardCharsets.ISO_8859_1);
    int last = bytes.lastIndexOf("\u00ff\u00da");
    String scan = bytes.substring(last, bytes.lastIndexOf("\u00ff\u00d9"));
    String end = bytes.substring(last + scan.length());
    String start = bytes.substring(0, last);
    refused("has more than 100 scans", () -> decode(start + scan.repeat(101) + end));
    int frame = start.indexOf("\u00ff\u00c2");
    String comment = "\u00ff\u00fe\u00ff\u00ff" + " ".repeat(0xfffd); // such pixels need bytes
    String large =
        start.substring(0, frame + 5)
            + "#(#(" // 9,000 x 9,000
            + start.substring(frame + 9);
    refused("9000 x 9000 pixels do not fit into", () -> decode(large + scan + comment + end));
    String padded = large.substring(0, frame) + comment.repeat(8) + large.substring(frame);
    refused("or 30000000 blocks", () -> decode(padded + scan.repeat(60) + end));
  }

  private static void decode(String bytes) {
    ImageDecoder.decode("bomb.jpg", bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  // A picture of one pixel on a screen of 10,000 x 10,000, by hand.
  @Test
  void theScreenOfAGifIsBoundedByItsBytes() {
    byte[] gif =
        HexFormat.of()
            .parseHex("47494638396110270f27800000000000ffffff2c00000000010001000002024401003b");
    refused("has 10000 x 9999 pixels in 35 bytes", () -> ImageDecoder.decode("screen.gif", gif));
    ByteBuffer.wrap(gif).putInt(6, 0xd007d007); // 2,000 x 2,000
    assertEquals(2000, ImageDecoder.decode("screen.gif", gif).width());
  }

  @Test
  void bombsInTextsAreNotOpened() {
    byte[] text = new byte[1 << 20]; // says it is compressed; nothing looks
    byte[] png = file("palette8.png");
    ByteBuffer bomb = ByteBuffer.allocate(png.length + text.length + 12);
    bomb.put(png, 0, 33).putInt(text.length).put("zTXt".getBytes(StandardCharsets.US_ASCII));
    bomb.put(text).putInt(0).put(png, 33, png.length - 33);
    assertEquals(
        Pictures.crc(ImageDecoder.decode("plain", png)),
        Pictures.crc(ImageDecoder.decode("bomb", bomb.array())));
  }

  @Test
  void whatIsNoImageIsNamed() {
    String[][] cases = {
      {"", "an empty file"},
      {"<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG drawing"},
      {"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///x'>]><svg>&e;", "an SVG"},
      {"<?xml version='1.0'?><a/>", "an XML file"},
      {"<!DOCTYPE html><html>", "a web page"},
      {"hello world", "a text file"},
      {"version https://git-lfs.github.com/spec/v1", "a Git LFS pointer"},
      {"\u0080\u0004\u0095", "a Python pickle"},
      {"PK\u0003\u0004", "a zip archive"},
      {"RIFF\u0001\u0001\u0001\u0001WEBPVP8 ", "a WebP file, which is not read: save it as PNG"},
      {"II*\u0000", "a TIFF file"},
      {"\u0000\u0000\u0000\u0018ftypavif", "an AVIF or HEIC file"},
      {"%PDF-1.7", "a PDF file"},
      {"\u0001\u0002\u0003", "of an unknown kind"}
    };
    for (String[] c : cases) {
      byte[] bytes = c[0].getBytes(StandardCharsets.ISO_8859_1);
      refused("image 'x.png' is " + c[1], () -> ImageDecoder.decode("x.png", bytes));
    }
  }

  @Test
  void kindsThatAreNotReadSayWhatToDo() {
    byte[] jpeg = file("grey.jpg");
    int frame = new String(jpeg, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00c0");
    jpeg[frame + 1] = (byte) 0xc9;
    refused("arithmetic-coded JPEG", () -> ImageDecoder.decode("a.jpg", jpeg));
    jpeg[frame + 1] = (byte) 0xc1;
    jpeg[frame + 4] = 12;
    refused("has 12 bits a channel", () -> ImageDecoder.decode("a.jpg", jpeg));
    jpeg[frame + 4] = 8;
    jpeg[frame + 9] = 2;
    refused("is damaged", () -> ImageDecoder.decode("a.jpg", jpeg));
    byte[] bmp = file("mode-P.bmp");
    bmp[30] = 1;
    refused("compressed BMP file, which is not read", () -> ImageDecoder.decode("a.bmp", bmp));
    refused("16 bits of gray", () -> ImageDecoder.decode("a.png", file("grey16.png")));
  }

  @Test
  void threadsDoNotDisturbEachOther() {
    names()
        .flatMap(name -> Collections.nCopies(5, name).stream())
        .parallel()
        .forEach(this::equalsPillow);
  }

  @Test
  void nothingIsWrittenToDisk() {
    byte[] bytes = file("rgb.gif");
    String before = System.setProperty("java.io.tmpdir", "/nowhere");
    try {
      ImageDecoder.decode("rgb.gif", bytes);
    } finally {
      System.setProperty("java.io.tmpdir", String.valueOf(before));
    }
    assertThrows(StitchException.class, () -> ImageDecoder.decode("none", new byte[0]));
  }
}
