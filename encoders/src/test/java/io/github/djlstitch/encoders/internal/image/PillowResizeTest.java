// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.image;

import static io.github.djlstitch.encoders.internal.image.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.google.gson.JsonArray;
import io.github.djlstitch.encoders.Expected;
import io.github.djlstitch.encoders.image.RgbImage;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PillowResizeTest {
  @ParameterizedTest
  @CsvSource({
    "7,5,4,3,f39f5b21,c66b5786",
    "10,10,4,4,184a779a,ba6feac0",
    "3,3,6,6,c82684c4,f6a277df",
    "5,7,5,3,9eef1586,86ecc6ff",
    "5,7,9,7,8ffa9c52,db89012e",
    "64,48,224,168,c0cfb847,f21c7181",
    "500,375,298,224,89b5611f,c9b012e8",
    "224,224,384,384,a3088037,0da71f3c",
    "2,300,2,150,cd152425,c0a6edac"
  })
  void equalsThePublishedTable(int w, int h, int toW, int toH, String bilinear, String bicubic) {
    RgbImage image = Pictures.synthetic(w, h);
    assertEquals(bilinear, crc(ResizeFilter.BILINEAR, image, toW, toH));
    assertEquals(bicubic, crc(ResizeFilter.BICUBIC, image, toW, toH));
  }

  @Test
  void equalsPillowEverywhere() throws IOException {
    for (var row : Expected.json("pillow-resize.expected.json").getAsJsonArray()) {
      JsonArray c = row.getAsJsonArray();
      RgbImage image = Pictures.synthetic(c.get(1).getAsInt(), c.get(2).getAsInt());
      var filter = ResizeFilter.ofName(c.get(0).getAsString());
      String crc = crc(filter, image, c.get(3).getAsInt(), c.get(4).getAsInt());
      assertEquals(c.get(5).getAsString(), crc, row::toString);
    }
  }

  @ParameterizedTest
  @EnumSource(ResizeFilter.class)
  void aWindowIsAPartOfTheWhole(ResizeFilter filter) {
    int[][] cases = {
      {31, 23, 17, 40}, {31, 23, 31, 40}, {31, 23, 17, 23}, {31, 23, 31, 23}, {2, 400, 9, 100}
    };
    for (int[] c : cases) {
      RgbImage image = Pictures.synthetic(c[0], c[1]);
      RgbImage whole = PillowResize.with(filter).resize(image, c[2], c[3]);
      var window = new Window(2, 3, 5, 7);
      RgbImage part = PillowResize.with(filter).resize(image, c[2], c[3], window);
      assertEquals(5, part.width());
      assertEquals(7, part.height());
      for (int i = 0; i < part.pixels().length; i++) {
        int x = 2 + i / 3 % 5;
        int y = 3 + i / 15;
        assertEquals(whole.pixels()[3 * (y * c[2] + x) + i % 3], part.pixels()[i]);
      }
    }
  }

  @Test
  void sameSizeIsTheSameImage() {
    RgbImage image = Pictures.synthetic(4, 3);
    assertSame(image, PillowResize.with(ResizeFilter.LANCZOS).resize(image, 4, 3));
  }

  @Test
  void impossibleSizesAreRefused() {
    RgbImage image = Pictures.synthetic(4, 3);
    var resize = PillowResize.with(ResizeFilter.BICUBIC);
    refused("needs at least 1", () -> resize.resize(image, 0, 3));
    refused("does not fit into one array", () -> resize.resize(image, 1 << 16, 1 << 16));
  }

  @Test
  void filtersHaveNamesAndNumbers() {
    for (ResizeFilter filter : ResizeFilter.values()) {
      assertSame(filter, ResizeFilter.ofCode(filter.code()));
      assertSame(filter, ResizeFilter.ofName(filter.configName()));
    }
    refused("did you mean 'bicubic'", () -> ResizeFilter.ofName("bicubc"));
    refused("resample code 6", () -> ResizeFilter.ofCode(6));
  }

  private static String crc(ResizeFilter filter, RgbImage image, int width, int height) {
    return Pictures.crc(PillowResize.with(filter).resize(image, width, height));
  }
}
