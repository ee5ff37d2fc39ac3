// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Fails at the n-th change, half way through it where it can be halved. */
final class FaultyDisk extends Disk {
  private final Fault fault;
  private int left;

  /** What happens then. */
  @FunctionalInterface
  interface Fault {
    void happen() throws IOException;
  }

  FaultyDisk(int n, Fault fault) {
    this.left = n;
    this.fault = fault;
  }

  /** Whether the n-th change was never made. */
  boolean isUnharmed() {
    return left > 0;
  }

  private boolean isNow() {
    left--;
    return left == 0;
  }

  private void step() throws IOException {
    if (isNow()) {
      fault.happen();
    }
  }

  @Override
  Path folderOf(Path file) throws IOException {
    step();
    return super.folderOf(file);
  }

  @Override
  FileChannel create(Path file) throws IOException {
    step();
    return super.create(file);
  }

  @Override
  void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    if (isNow()) {
      super.write(channel, bytes.limit(bytes.position() + bytes.remaining() / 2));
      fault.happen();
    }
    super.write(channel, bytes);
  }

  @Override
  void force(FileChannel channel) throws IOException {
    step();
    super.force(channel);
  }

  @Override
  void move(Path from, Path to) throws IOException {
    step();
    super.move(from, to);
  }

  @Override
  void link(Path link, Path target) throws IOException {
    step();
    super.link(link, target);
  }
}
