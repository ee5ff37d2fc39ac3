// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.StitchException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.StoredFieldVisitor;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.jspecify.annotations.Nullable;

/**
 * Names of the fields of a document.
 *
 * @param vector field of vectors
 * @param id stored field of ids
 * @param text stored field of texts
 * @param similarity by which the vectors are searched
 */
record LuceneFields(String vector, String id, String text, VectorSimilarityFunction similarity) {
  /** Takes the id and the text out of a document's stored fields. */
  final class Stored extends StoredFieldVisitor {
    private @Nullable String foundId;
    private @Nullable String foundText;

    /** The id, null if there is none. */
    @Nullable String id() {
      return foundId;
    }

    /** The text, null if there is none. */
    @Nullable String text() {
      return foundText;
    }

    @Override
    public Status needsField(FieldInfo field) {
      boolean wanted =
          (foundId == null && field.name.equals(id))
              || (foundText == null && field.name.equals(text));
      return wanted ? Status.YES : foundId != null && foundText != null ? Status.STOP : Status.NO;
    }

    @Override
    public void stringField(FieldInfo field, String value) {
      if (field.name.equals(id)) {
        foundId = value;
      } else {
        foundText = value;
      }
    }

    @Override
    public void binaryField(FieldInfo field, byte[] value) {
      try {
        var decoder = StandardCharsets.UTF_8.newDecoder();
        stringField(field, decoder.decode(ByteBuffer.wrap(value)).toString());
      } catch (CharacterCodingException e) {
        throw StitchException.badInput(
                "stored field '%s' has bytes that are not UTF-8; name another field with --columns",
                field.name)
            .because(e);
      }
    }

    @Override
    public void intField(FieldInfo field, int value) {
      stringField(field, Integer.toString(value));
    }

    @Override
    public void longField(FieldInfo field, long value) {
      stringField(field, Long.toString(value));
    }
  }
}
