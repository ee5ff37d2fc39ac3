// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * The data of a safetensors file, mapped read-only in windows that one buffer can hold. A tensor is
 * in one window, unless it is larger than a window: then it has windows of its own, each of whole
 * rows (the outermost dimension).
 *
 * <p>Everything is mapped at once so that the file may be replaced later without mixing old and
 * new.
 */
final class MappedData {
  private final FileChannel channel;
  private final long start;
  private final long windowSize;
  private final TreeMap<Long, ByteBuffer> windows = new TreeMap<>();

  private MappedData(FileChannel channel, long start, long windowSize) {
    this.channel = channel;
    this.start = start;
    this.windowSize = windowSize;
  }

  /**
   * Maps tensors; the channel may be closed afterwards.
   *
   * @param start offset of the data in the file, in bytes
   * @param tensors in the order of their bytes, without gaps
   * @param windowSize most bytes of a window, below 2 GiB; smaller only in tests
   */
  static MappedData map(
      FileChannel channel, long start, Collection<TensorInfo> tensors, long windowSize)
      throws IOException {
    MappedData data = new MappedData(channel, start, windowSize);
    long begin = 0;
    long end = 0;
    for (TensorInfo tensor : tensors) {
      if (tensor.end() - begin > windowSize) {
        data.window(begin, tensor.begin());
        begin = tensor.begin();
      }
      if (tensor.size() > windowSize) {
        data.largeTensor(tensor);
        begin = tensor.end();
      }
      end = tensor.end();
    }
    data.window(begin, end);
    return data;
  }

  /** The bytes of a tensor; one buffer unless it is larger than a window. */
  List<ByteBuffer> parts(TensorInfo tensor) {
    List<ByteBuffer> parts = new ArrayList<>();
    long begin = tensor.begin();
    do {
      var window = windows.floorEntry(begin);
      int offset = (int) (begin - window.getKey());
      int length =
          (int) Math.min(tensor.end() - begin, (long) window.getValue().capacity() - offset);
      parts.add(window.getValue().slice(offset, length).order(ByteOrder.LITTLE_ENDIAN));
      begin += length;
    } while (begin < tensor.end());
    return parts;
  }

  private void largeTensor(TensorInfo tensor) throws IOException {
    long rowSize = tensor.size() / tensor.shape().get(0);
    long step = rowSize > windowSize ? windowSize : windowSize / rowSize * rowSize;
    for (long begin = tensor.begin(); begin < tensor.end(); begin += step) {
      window(begin, Math.min(tensor.end(), begin + step));
    }
  }

  private void window(long begin, long end) throws IOException {
    if (begin < end || windows.isEmpty()) {
      windows.put(begin, channel.map(FileChannel.MapMode.READ_ONLY, start + begin, end - begin));
    }
  }
}
