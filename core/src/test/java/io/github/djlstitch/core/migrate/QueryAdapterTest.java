// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.CodecSpec;
import io.github.djlstitch.core.relative.SpaceCard;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Spaces;
import io.github.djlstitch.core.stitch.Translation;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QueryAdapterTest {
  private static final Anchors ANCHORS = new Anchors(List.of("s4", "s0", "s7", "s2"), "uniform", 5);
  private static final LatentSpace NEW = Spaces.of(gaussian(1, 20, 6));
  private static final LatentSpace OLD = Spaces.of(gaussian(2, 20, 3));

  private static SpaceCard card(LatentSpace space, Anchors anchors) {
    var codec = CodecSpec.Parseval.defaults().fit(AnchoredSpace.of(space, anchors));
    return new SpaceCard(codec, anchors, space.provenance());
  }

  @Test
  void twoCardsAreTheWayThatTranslatesVectors() {
    SpaceCard from = card(NEW, ANCHORS);
    SpaceCard to = card(OLD, ANCHORS);
    QueryAdapter adapter = QueryAdapter.between(from, to);
    assertEquals(6, adapter.width());
    assertEquals(3, adapter.targetWidth());
    FloatMatrix expected = Translation.by(from, to).apply(NEW).vectors();
    assertClose(expected, adapter.apply(NEW.vectors()), 1e-6);
  }

  @Test
  void aBridgeIsTheWayItIs() {
    VectorBridge bridge = BridgeMethod.PROCRUSTES.fit(NEW.vectors(), OLD.vectors());
    QueryAdapter adapter = QueryAdapter.over(bridge);
    assertEquals(bridge.apply(NEW.vectors()), adapter.apply(NEW.vectors()));
    assertEquals(3, adapter.targetWidth());
  }

  @Test
  void whatDoesNotFitIsRefused() {
    SpaceCard from = card(NEW, ANCHORS);
    var others = new Anchors(List.of("s1", "s0", "s7", "s2"), "uniform", 5);
    refused("make both with the same anchors", () -> QueryAdapter.between(from, card(OLD, others)));
    QueryAdapter adapter = QueryAdapter.between(from, card(OLD, ANCHORS));
    refused(
        "queries of width 3, but the way into the index reads 6",
        () -> adapter.apply(OLD.vectors()));
    adapter.requireFrom("minilm", 6);
    refused(
        "model 'bert' makes vectors of width 3 but the way into the index reads 6",
        () -> adapter.requireFrom("bert", 3));
    FloatMatrix query = FloatMatrix.of(1, 6, 1, 2, 3, 4, 5, Float.NaN);
    refused("query 0 has a value that is not finite", () -> adapter.apply(query));
  }
}
