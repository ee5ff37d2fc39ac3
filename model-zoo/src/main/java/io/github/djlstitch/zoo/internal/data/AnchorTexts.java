// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.decoders.AnchorInputs;
import io.github.djlstitch.zoo.data.DatasetOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the texts of a head's anchors in a file, for a head that was saved without them. */
public final class AnchorTexts {
  private static final String ID = "id";

  private AnchorTexts() {}

  /**
   * The texts.
   *
   * @param file one text a line in the order of the samples, or a table or JSON lines with their
   *     ids, such as the training data
   * @param samples ids of the head's anchor samples
   * @throws StitchException (bad input) if there are fewer, or one is missing
   */
  public static AnchorInputs read(Path file, DatasetOptions how, List<String> samples) {
    TextInputs.Form form = TextInputs.Form.of(file);
    List<String> ids = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    TextInputs.forEach(
        file,
        form,
        how,
        row -> {
          ids.add(id(row, how, texts.size() + 1));
          texts.add(row.input() == null ? "" : row.input());
        });
    return form == TextInputs.Form.LINES
        ? inOrder(file, samples, texts)
        : byId(file, samples, ids, texts);
  }

  private static AnchorInputs inOrder(Path file, List<String> samples, List<String> texts) {
    if (texts.size() != samples.size()) {
      throw StitchException.badInput(
          "'%s' has %d texts but the head has %d anchor samples; give one text a line, in their"
              + " order",
          file, texts.size(), samples.size());
    }
    return AnchorInputs.ofTexts(samples, texts);
  }

  private static AnchorInputs byId(
      Path file, List<String> samples, List<String> ids, List<String> texts) {
    Map<String, String> known = new HashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      known.put(ids.get(i), texts.get(i));
    }
    List<String> found = new ArrayList<>();
    for (String sample : samples) {
      String text = known.get(sample);
      if (text == null) {
        throw StitchException.badInput(
            "'%s' has no row with the id '%s', an anchor sample of the head; give its training data",
            file, sample);
      }
      found.add(text);
    }
    return AnchorInputs.ofTexts(samples, found);
  }

  // As data sets name rows that bring no ids.
  private static String id(InputRow<?> row, DatasetOptions how, int number) {
    String column = how.columns().getOrDefault(ID, ID);
    return row.columns().stream()
        .filter(c -> c.name().equals(column))
        .map(InputRow.Column::value)
        .findFirst()
        .orElse("row-" + number);
  }
}
