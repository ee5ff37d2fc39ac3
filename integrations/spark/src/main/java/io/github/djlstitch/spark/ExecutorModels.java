// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.spark;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;

/**
 * Models that an executor has open, each once for all of its tasks, until the executor ends, or the
 * application in whose process it runs. Thread-safe.
 */
final class ExecutorModels {
  private static final Logger LOG = System.getLogger(ExecutorModels.class.getName());
  private static final Map<Object, Object> OPEN = new LinkedHashMap<>();
  private static final Set<SparkContext> APPLICATIONS =
      Collections.newSetFromMap(new WeakHashMap<>());

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(ExecutorModels::close, "stitch-spark-close"));
  }

  private ExecutorModels() {}

  /** The model of a key, opened if it is not yet. Tasks that ask meanwhile wait. */
  static <T> T get(Object key, Class<T> type, Supplier<T> opener) {
    synchronized (OPEN) {
      Object found = OPEN.get(key);
      if (found == null) {
        TaskCores.prepare();
        found = opener.get();
        OPEN.put(key, found);
      }
      return type.cast(found);
    }
  }

  /** Closes all when an application ends whose executors are threads of this process. */
  static void closeWith(SparkContext spark) {
    synchronized (OPEN) {
      if (APPLICATIONS.add(spark)) {
        spark.addSparkListener(
            new SparkListener() {
              @Override
              public void onApplicationEnd(SparkListenerApplicationEnd end) {
                close();
              }
            });
      }
    }
  }

  /** The number of models that are open. */
  static int count() {
    synchronized (OPEN) {
      return OPEN.size();
    }
  }

  /** Closes all of them; they are opened again if somebody asks. */
  static void close() {
    synchronized (OPEN) {
      OPEN.values().forEach(ExecutorModels::close);
      OPEN.clear();
    }
  }

  private static void close(Object each) {
    if (each instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        LOG.log(Level.WARNING, "cannot close " + each, e);
      }
    }
  }
}
