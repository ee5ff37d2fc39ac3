// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.github.djlstitch.core.StitchException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonCardTest {
  private static final String CARD =
      """
      {"kind": "card", "count": 12, "share": 0.25, "names": ["a", "\u00e9"], "none": null,
       "scores": {"x": 1, "y": -2.5e-3}, "mixed": ["a", 1], "bad": {"x": "1"}, "big": 1e400,
       "long": 9223372036854775808, "outer": {"inner": {"text": 5}}}
      """;

  @TempDir Path folder;

  private JsonCard card(String text) throws IOException {
    return JsonCard.read(Files.writeString(folder.resolve("a.json"), text));
  }

  @Test
  void fieldsAreReadByType() throws IOException {
    JsonCard card = card(CARD);
    assertEquals("card", card.text("kind"));
    assertEquals(12, card.integer("count"));
    assertEquals(0.25, card.number("share"));
    assertEquals(List.of("a", "\u00e9"), card.texts("names"));
    assertEquals(Map.of("x", 1.0, "y", -0.0025), card.numbers("scores"));
    assertEquals(5, card.card("outer").card("inner").integer("text"));
  }

  @Test
  void valuesAreCounted() {
    String many = "{\"a\": [" + "1,".repeat(4_000_000) + "1]}";
    refused(
        "it has more than 4000000 values",
        Kind.BAD_INPUT,
        () -> JsonCard.parse(Path.of("a.json"), many));
  }

  @Test
  void aSizeIsAListOfOne() throws IOException {
    JsonCard card =
        card("{\"side\": 3, \"sides\": [4, 5], \"none\": [], \"zero\": [0], \"text\": \"a\"}");
    assertEquals(List.of(3), card.sizes("side"));
    assertEquals(List.of(4, 5), card.sizes("sides"));
    for (String field : List.of("none", "zero", "text")) {
      refused("field '" + field + "' is not a whole number", () -> card.sizes(field));
    }
  }

  @Test
  void missingFieldIsNamedWithItsPath() throws IOException {
    JsonCard inner = card(CARD).card("outer").card("inner");
    refused(
        "has no field 'outer.inner.seed', expected a whole number", () -> inner.integer("seed"));
    refused("field 'outer.inner.text' is not a text", () -> inner.text("text"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"count", "none", "names", "scores"})
  void whatIsNoTextIsRefused(String field) throws IOException {
    JsonCard card = card(CARD);
    refused("field '" + field + "' is not a text", Kind.BAD_INPUT, () -> card.text(field));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kind", "none", "names", "scores", "share", "long", "big"})
  void whatIsNoWholeNumberIsRefused(String field) throws IOException {
    JsonCard card = card(CARD);
    refused("field '" + field + "' is not a whole number", () -> card.integer(field));
  }

  @Test
  void otherTypesAreRefused() throws IOException {
    JsonCard card = card(CARD);
    refused("field 'kind' is not a number", () -> card.number("kind"));
    refused("field 'big' is not a number", () -> card.number("big"));
    refused("field 'kind' is not a list of texts", () -> card.texts("kind"));
    refused("field 'mixed' is not a list of texts", () -> card.texts("mixed"));
    refused("field 'bad' is not an object of numbers", () -> card.numbers("bad"));
    refused("field 'names' is not an object of numbers", () -> card.numbers("names"));
    refused("field 'names' is not an object", () -> card.card("names"));
    assertTrue(card.givesCard("outer") && !card.givesCard("names") && !card.givesCard("none"));
  }

  @Test
  void sizesAndFlagsAreStrict() throws IOException {
    JsonCard card =
        card("{\"n\": 3, \"zero\": 0, \"big\": 2147483648, \"on\": true, \"no\": null}");
    assertEquals(3, card.size("n"));
    assertTrue(card.flag("on"));
    assertTrue(card.has("no") && !card.gives("no") && card.gives("on"));
    refused("field 'zero' is not a whole number from 1", () -> card.size("zero"));
    refused("field 'big' is not a whole number from 1", () -> card.size("big"));
    refused("field 'n' is not true or false", () -> card.flag("n"));
  }

  @Test
  void listOfOneIsNotItsItem() throws IOException {
    JsonCard card = card("{\"text\": [\"a\"], \"number\": [1]}");
    refused("field 'text' is not a text", () -> card.text("text"));
    refused("field 'number' is not a number", () -> card.number("number"));
  }

  @Test
  void requiredValueIsComparedAsText() throws IOException {
    JsonCard card = card(CARD);
    card.require("kind", "card");
    refused("field 'kind' is 'card', expected 'head'", () -> card.require("kind", "head"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                     | not valid JSON: it ends at $",
        "{'a': 1                | not valid JSON: it ends at $.a",
        "{'a' 1}                | mistake at $.a",
        "{'a': 1} {'b': 2}      | mistake at $",
        "{'a': NaN}             | not valid JSON",
        "{'a': TRUE}            | not valid JSON",
        "{a: 1}                 | not valid JSON",
        "{'a': 1, 'a': 2}       | field $.a is given twice",
        "{'b': {'a': 1, 'a': 2}}| field $.b.a is given twice",
        "[1]                    | is not a JSON object",
        "5                      | is not a JSON object",
        "null                   | is not a JSON object"
      })
  void whatIsNoStrictJsonObjectIsRefused(String text, String message) {
    refused(message, Kind.BAD_INPUT, () -> card(text == null ? "" : text.replace('\'', '"')));
  }

  @Test
  void hostileNestingAndNumbersAreRefused() {
    refused("mistake at $.a[0]", Kind.BAD_INPUT, () -> card("{\"a\":" + "[".repeat(100_000)));
    refused("mistake at $.a", Kind.BAD_INPUT, () -> card("{\"a\":" + "9".repeat(100_000) + "}"));
  }

  @Test
  void otherEncodingsAndFoldersAreRefused() throws IOException {
    Path latin = folder.resolve("latin.json");
    Files.write(latin, "{\"a\": \"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
    refused("is not UTF-8", Kind.BAD_INPUT, () -> JsonCard.read(latin));
    refused("is not valid JSON", Kind.BAD_INPUT, () -> JsonCard.read(folder));
  }

  @Test
  void missingFileIsNamed() {
    Path file = folder.resolve("none.json");
    refused("no file '" + file, Kind.BAD_INPUT, () -> JsonCard.read(file));
  }

  @Test
  void whatIsWrittenIsReadBack() {
    var object = new JsonObject();
    object.addProperty("text", "<\u00e9\n\"\u0000");
    Path file = folder.resolve("new/a.json");
    JsonCard.write(file, object);
    assertEquals("<\u00e9\n\"\u0000", JsonCard.read(file).text("text"));
  }
}
