// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;

/** Ends the process when anything of the network is opened, even a selector. */
public final class NoSockets extends SelectorProvider {
  static final int OPENED = 77;

  private static UnsupportedOperationException opened() {
    Runtime.getRuntime().halt(OPENED);
    return new UnsupportedOperationException();
  }

  @Override
  public DatagramChannel openDatagramChannel() throws IOException {
    throw opened();
  }

  @Override
  public DatagramChannel openDatagramChannel(ProtocolFamily family) throws IOException {
    throw opened();
  }

  @Override
  public Pipe openPipe() throws IOException {
    throw opened();
  }

  @Override
  public AbstractSelector openSelector() throws IOException {
    throw opened();
  }

  @Override
  public ServerSocketChannel openServerSocketChannel() throws IOException {
    throw opened();
  }

  @Override
  public SocketChannel openSocketChannel() throws IOException {
    throw opened();
  }
}
