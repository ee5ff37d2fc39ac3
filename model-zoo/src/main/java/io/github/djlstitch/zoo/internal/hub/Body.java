// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a response as they arrive. A server that sends fewer than 4096 bytes within the time
 * allowed, and is not at the end, has stalled. For one thread.
 */
final class Body implements Flow.Subscriber<List<ByteBuffer>>, AutoCloseable {
  private static final int FEWEST_BYTES = 4096;

  /** An event of the sender. */
  private sealed interface Event {}

  private record Piece(List<ByteBuffer> buffers) implements Event {}

  private record End(@Nullable Throwable failure) implements Event {}

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>(); // one piece and the end
  private final Duration patience;
  private Flow.@Nullable Subscription subscription;
  private long deadline;
  private long received;

  Body(Flow.Publisher<List<ByteBuffer>> publisher, Duration patience) {
    this.patience = patience;
    publisher.subscribe(this);
    restartClock();
  }

  /** The next bytes, or an empty list at the end. */
  List<ByteBuffer> next() throws IOException {
    ask();
    Event event = await();
    if (event instanceof Piece piece) {
      count(piece);
      return piece.buffers();
    }
    if (event instanceof End end && end.failure() != null) {
      throw new IOException("the connection broke: " + end.failure().getMessage(), end.failure());
    }
    return List.of();
  }

  /** Closes the connection unless all bytes have arrived. */
  @Override
  public synchronized void close() {
    if (subscription != null) {
      subscription.cancel();
    }
  }

  private Event await() throws IOException {
    try {
      Event event = events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (event == null) {
        throw new HttpTimeoutException(
            "fewer than " + FEWEST_BYTES + " bytes in " + patience.toMillis() + " ms");
      }
      return event;
    } catch (InterruptedException e) {
      throw Pause.interrupted(e);
    }
  }

  private void count(Piece piece) {
    for (ByteBuffer buffer : piece.buffers()) {
      received += buffer.remaining();
    }
    if (received >= FEWEST_BYTES) {
      restartClock();
    }
  }

  private void restartClock() {
    received = 0;
    deadline = System.nanoTime() + patience.toNanos();
  }

  private synchronized void ask() {
    if (subscription != null) {
      subscription.request(1);
    }
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription newSubscription) {
    subscription = newSubscription;
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    events.add(new Piece(buffers));
  }

  @Override
  public void onError(Throwable failure) {
    events.add(new End(failure));
  }

  @Override
  public void onComplete() {
    events.add(new End(null));
  }
}
