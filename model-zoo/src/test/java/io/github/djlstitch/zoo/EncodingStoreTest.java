// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Provenance;
import io.github.djlstitch.core.stitch.Encoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EncodingStoreTest {
  private static final int WRITERS = 4;
  private static final int ROUNDS = 60;
  private static final List<Sample<String>> SAMPLES =
      List.of(new Sample<>("a", "hello", 0), new Sample<>("b", "you", 0));

  @TempDir Path folder;

  // As with another batch size: the same vectors up to the last bits.
  @Test
  void writersWhoseBitsDifferAllGetAWholeEncoding()
      throws InterruptedException, ExecutionException {
    var store = new EncodingStore(folder, warning -> {}, new CacheCounts());
    var pool = Executors.newFixedThreadPool(WRITERS);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        List<Callable<LatentSpace>> writers = new ArrayList<>();
        var origin = new Provenance("fake", "e", "data", "round " + round, "train", "test");
        for (int i = 0; i < WRITERS; i++) {
          var encoder = new Fake(1 + i * 1e-7f);
          writers.add(() -> store.get(origin, List.of(), SAMPLES, () -> encoder, Progress.NONE));
        }
        for (Future<LatentSpace> done : pool.invokeAll(writers)) {
          assertEquals(1, done.get().vectors().get(1, 0), 1e-5f);
        }
      }
    } finally {
      pool.shutdown();
    }
  }

  private record Fake(float value) implements Encoder<String> {
    @Override
    public String id() {
      return "fake";
    }

    @Override
    public int dimension() {
      return 1;
    }

    @Override
    public String sha256() {
      return "e";
    }

    @Override
    public FloatMatrix encode(List<String> inputs) {
      return FloatMatrix.wrap(2, 1, new float[] {value, value});
    }

    @Override
    public void close() {}
  }
}
