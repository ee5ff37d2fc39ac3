// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.encoder;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.time.Stage;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.encoders.internal.image.ImagePreprocessing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Prepares the next batches of images on all cores while the caller works on the current one. Never
 * more batches are under way than keep the cores busy, so that memory does not grow with the number
 * of images. Thread-safe until closed; no thread outlives {@link #close}.
 */
final class ImagePipeline implements AutoCloseable {
  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final int PATIENCE_SECONDS = 60;

  private final ImagePreprocessing preprocessing;
  private final int batch;
  private final int ahead;
  private final int imageBytes;
  private final ExecutorService workers;
  private final Queue<ByteBuffer> free = new ConcurrentLinkedQueue<>();

  /** Takes prepared batches, one after the other, in order and on the caller's thread. */
  @FunctionalInterface
  interface Consumer {
    /**
     * Takes a batch.
     *
     * @param from index of its first image
     * @param size number B of its images
     * @param pixels direct float32 of shape (B, 3, H, W); used again once this returns
     */
    void accept(int from, int size, ByteBuffer pixels);
  }

  private record Batch(int from, int size, ByteBuffer pixels, List<Future<?>> images) {}

  ImagePipeline(ImagePreprocessing preprocessing, int batch) {
    this.preprocessing = preprocessing;
    this.batch = batch;
    this.ahead = (CORES + batch - 1) / batch;
    this.imageBytes = 3 * preprocessing.height() * preprocessing.width() * Float.BYTES;
    if ((long) imageBytes * batch > Integer.MAX_VALUE) {
      throw StitchException.usage(
          "a batch of %d images of %d bytes does not fit into one buffer; use a smaller one",
          batch, imageBytes);
    }
    this.workers = Executors.newFixedThreadPool(CORES, ImagePipeline::thread);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "stitch-images");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Hands all images to the consumer, batch by batch.
   *
   * @throws StitchException of the first image that is bad, or (resources) if the thread is
   *     interrupted
   */
  void run(List<ImageSource> images, Consumer consumer) {
    Queue<Batch> prepared = new ArrayDeque<>();
    try {
      int next = 0;
      while (next < images.size() || !prepared.isEmpty()) {
        for (; prepared.size() <= ahead && next < images.size(); next += batch) {
          prepared.add(submit(images, next));
        }
        Batch current = prepared.element();
        Stage.IMAGES.run(() -> await(current));
        ByteBuffer filled = current.pixels().slice(0, current.size() * imageBytes);
        consumer.accept(current.from(), current.size(), filled);
        free.add(prepared.remove().pixels());
      }
    } finally {
      // After a failure. These buffers are not used again, because a worker may still write; and
      // it is not interrupted, because that would close a file that other images come from.
      prepared.forEach(b -> b.images().forEach(image -> image.cancel(false)));
    }
  }

  private Batch submit(List<ImageSource> images, int from) {
    ByteBuffer known = free.poll();
    ByteBuffer pixels = known == null ? allocate() : known;
    int size = Math.min(batch, images.size() - from);
    List<Future<?>> tasks = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      ImageSource image = images.get(from + i);
      FloatBuffer target = numbers(pixels, i);
      tasks.add(workers.submit(() -> preprocessing.apply(image, target)));
    }
    return new Batch(from, size, pixels, tasks);
  }

  private FloatBuffer numbers(ByteBuffer pixels, int image) {
    ByteBuffer part = pixels.slice(image * imageBytes, imageBytes);
    return part.order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  private ByteBuffer allocate() {
    return ByteBuffer.allocateDirect(batch * imageBytes);
  }

  private static void await(Batch batch) {
    for (Future<?> image : batch.images()) {
      try {
        if (Thread.interrupted()) { // get() of a task that is done does not look
          throw new InterruptedException();
        }
        image.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw StitchException.resources("encoding was interrupted").because(e);
      } catch (ExecutionException e) {
        throw failure(e);
      }
    }
  }

  private static RuntimeException failure(ExecutionException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
  }

  @Override
  public void close() {
    workers.shutdown();
    try {
      if (!workers.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw StitchException.resources("an image is still being read; is its drive gone?");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
