// SPDX-License-Identifier: Apache-2.0
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.repository.zoo.Criteria;
import ai.djl.training.ParameterStore;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.RelativeBlock;
import io.github.djlstitch.core.relative.Similarity;
import java.util.List;

/**
 * A program that knows DJL: {@code Criteria} find two encoders, and {@link RelativeBlock} turns the
 * vectors of each into similarities to the same anchors. The encoders agree on them.
 *
 * <pre>java -cp CLASSES RelativeVectors.java</pre>
 */
public final class RelativeVectors {
  private static final List<String> ANCHORS =
      List.of("an animal", "a meal", "a vehicle", "an illness", "music", "money");
  private static final List<String> TEXTS =
      List.of("a lion and her cubs", "bread with cheese", "an old truck", "a fever and a cough");

  public static void main(String[] arguments) throws Exception {
    for (String encoder : List.of("minilm", "bge-small")) {
      int[] nearest = relative(encoder).argMaxRows();
      for (int i = 0; i < nearest.length; i++) {
        System.out.printf("%-9s  %s: %s%n", encoder, TEXTS.get(i), ANCHORS.get(nearest[i]));
      }
    }
  }

  /** The texts' vectors relative to the anchors, shape (N, M). */
  private static FloatMatrix relative(String encoder) throws Exception {
    Criteria<String, float[]> criteria =
        Criteria.builder()
            .setTypes(String.class, float[].class)
            .optGroupId("io.github.djlstitch")
            .optArtifactId(encoder)
            .build();
    try (var model = criteria.loadModel();
        var predictor = model.newPredictor();
        var manager = NDManager.newBaseManager("PyTorch")) {
      float[][] anchors = predictor.batchPredict(ANCHORS).toArray(float[][]::new);
      float[][] texts = predictor.batchPredict(TEXTS).toArray(float[][]::new);
      NDArray vectors = manager.create(texts); // (N, D)
      var block =
          RelativeBlock.of(FloatMatrix.of(anchors), Similarity.cosine(), Centering.ANCHORS);
      block.initialize(manager, DataType.FLOAT32, vectors.getShape());
      var parameters = new ParameterStore(manager, false);
      NDArray relative =
          block.forward(parameters, new NDList(vectors), false).singletonOrThrow(); // (N, M)
      return FloatMatrix.wrap(TEXTS.size(), ANCHORS.size(), relative.toFloatArray());
    }
  }
}
