// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ExecutorModelsTest {
  private record Model(AtomicInteger closed) implements AutoCloseable {
    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  @Test
  void tasksAtOnceShareOneModelAndItIsClosedOnce() throws Exception {
    var opened = new AtomicInteger();
    var model = new Model(new AtomicInteger());
    Callable<Model> task =
        () ->
            ExecutorModels.get(
                "shared",
                Model.class,
                () -> {
                  opened.incrementAndGet();
                  return model;
                });
    var tasks = Executors.newFixedThreadPool(8);
    try {
      for (Future<Model> one : tasks.invokeAll(Collections.nCopies(64, task))) {
        assertSame(model, one.get());
      }
    } finally {
      tasks.shutdownNow();
    }
    assertEquals(1, opened.get());
    ExecutorModels.close();
    ExecutorModels.close();
    assertEquals(1, model.closed().get());
    task.call();
    assertEquals(2, opened.get(), "opened again");
    ExecutorModels.close();
  }
}
