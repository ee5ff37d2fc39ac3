// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.console;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Shows warnings of the engine's log as the command line's own. */
public final class EngineWarnings extends Handler {
  private static final Logger LOG = Logger.getLogger("io.github.djlstitch.engine");

  private final Console console;

  private EngineWarnings(Console console) {
    this.console = console;
  }

  /** Directs them to a console only. */
  public static void reportTo(Console console) {
    for (Handler handler : LOG.getHandlers()) {
      LOG.removeHandler(handler);
    }
    LOG.setUseParentHandlers(false);
    LOG.addHandler(new EngineWarnings(console));
  }

  @Override
  public void publish(LogRecord line) {
    if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
      console.warn(line.getMessage());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
