// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.spark;

import org.apache.spark.SparkEnv;

/**
 * Gives LibTorch as many threads as a task has cores. Spark runs a task for each core of an
 * executor, so that together they have as many threads as the executor has cores.
 */
final class TaskCores {
  private static final String THREADS = "ai.djl.pytorch.num_threads";
  private static final String CORES = "spark.task.cpus";

  private TaskCores() {}

  /** Sets it before LibTorch is loaded, unless somebody has done so. */
  static synchronized void prepare() {
    SparkEnv spark = SparkEnv.get();
    if (spark != null && System.getProperty(THREADS) == null) {
      System.setProperty(THREADS, Integer.toString(spark.conf().getInt(CORES, 1)));
    }
  }
}
