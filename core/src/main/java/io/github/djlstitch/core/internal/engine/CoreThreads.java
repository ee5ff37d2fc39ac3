// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.core.StitchException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads on which LibTorch computes with a share of the cores each, for work of many independent
 * parts. Two batches at a time, a core each, are faster than one after the other on two cores: no
 * core waits for the other within each of the hundred small steps of a network, or while one of
 * them does what cannot be divided. Thread-safe.
 */
public final class CoreThreads {
  // Each has its own scratch memory: more cores than these are shared out among them.
  private static final int MOST = 16;

  // Static, as the number of threads is a setting of LibTorch, that is, of the process.
  private static @Nullable CoreThreads shared;

  private final int count;
  private final ExecutorService threads;

  private CoreThreads(int count, ExecutorService threads) {
    this.count = count;
    this.threads = threads;
  }

  /**
   * Runs parts 0 to {@code parts - 1}, the first ones first, and waits for all.
   *
   * @param part may be run by several threads at once
   * @throws RuntimeException what the part with the least number failed with; then parts that had
   *     not begun are left out
   */
  public static void run(int parts, IntConsumer part) {
    CoreThreads found = parts > 1 ? get() : null;
    if (found == null || found.count < 2) {
      for (int i = 0; i < parts; i++) {
        part.accept(i);
      }
    } else {
      found.share(parts, part);
    }
  }

  /**
   * Into how many parts to divide what one pass cannot hold, so that none of the threads is without
   * work at the end.
   *
   * @param least parts that are needed
   * @return 1 if one is enough, else a multiple of the number of threads
   */
  public static int parts(int least) {
    if (least < 2) {
      return least;
    }
    int threads = get().count;
    return (least + threads - 1) / threads * threads;
  }

  private void share(int parts, IntConsumer part) {
    var next = new AtomicInteger();
    List<CompletableFuture<Failure>> running = new ArrayList<>();
    for (int i = 0; i < Math.min(count, parts); i++) {
      running.add(CompletableFuture.supplyAsync(() -> work(next, parts, part), threads));
    }
    Failure first = Failure.NONE;
    for (CompletableFuture<Failure> one : running) {
      Failure failure = one.join();
      first = failure.part < first.part ? failure : first;
    }
    if (first.cause != null) {
      throw first.cause;
    }
  }

  /**
   * The end of a thread's work.
   *
   * @param part that failed; beyond all if none did
   * @param cause what it failed with
   */
  private record Failure(int part, @Nullable RuntimeException cause) {
    static final Failure NONE = new Failure(Integer.MAX_VALUE, null);
  }

  private static Failure work(AtomicInteger next, int parts, IntConsumer part) {
    for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
      try {
        part.accept(i);
      } catch (RuntimeException e) {
        next.set(parts);
        return new Failure(i, e);
      }
    }
    return Failure.NONE;
  }

  private static synchronized CoreThreads get() {
    if (shared == null) {
      shared = start();
    }
    return shared;
  }

  // LibTorch keeps the number of threads for each thread that computes, and one for threads to
  // come. Setting it sets both, so it is set back by another thread.
  private static CoreThreads start() {
    LoadedEngine.get();
    int cores = setting("getNumThreads");
    int count = Math.min(cores, MOST);
    ExecutorService threads =
        Executors.newFixedThreadPool(
            count,
            task -> {
              Thread thread = new Thread(task, "stitch-core");
              thread.setDaemon(true);
              return thread;
            });
    if (count > 1) {
      var all = new CountDownLatch(count);
      List<CompletableFuture<Void>> ready = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        ready.add(CompletableFuture.runAsync(() -> take(cores / count, all), threads));
      }
      ready.forEach(CompletableFuture::join);
      setting("setNumThreads", cores);
    }
    return new CoreThreads(count, threads);
  }

  // A thread has its number from its first computation on.
  private static void take(int cores, CountDownLatch all) {
    all.countDown();
    try {
      all.await(); // else one thread would be asked twice, and another never
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted at the start", e);
    }
    try (NDManager manager = LoadedEngine.manager(Device.cpu())) {
      manager.ones(new Shape(1)).add(1).close(); // (1)
    }
    setting("setNumThreads", cores);
  }

  // By reflection, as LibTorch's bridge is there when a program runs, and not before.
  private static int setting(String name, Object... value) {
    try {
      Class<?> bridge = Class.forName("ai.djl.pytorch.jni.JniUtils");
      Class<?>[] types = value.length == 0 ? new Class<?>[0] : new Class<?>[] {int.class};
      Method method = bridge.getMethod(name, types);
      Object result = method.invoke(null, value);
      return result instanceof Integer number ? number : 0;
    } catch (ReflectiveOperationException e) {
      throw StitchException.unavailable(
              "this version of DJL's PyTorch engine has no '%s'; use the one that the build names",
              name)
          .because(e);
    }
  }
}
