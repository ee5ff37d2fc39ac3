// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.console;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * The width of the terminal, asked again each second, since it may be resized. Java cannot ask it;
 * {@code stty} can. Where there is none, {@code COLUMNS} says it, or it is 80.
 */
public final class TerminalWidth implements IntSupplier {
  /** The width where nobody knows it. */
  public static final int USUAL = 80;

  private static final long SECOND = 1_000_000_000L;
  private static final File TERMINAL = new File("/dev/tty");

  // A busy machine may answer late; where nothing ever answers, it is not asked forever.
  private static final int TRIES = 5;

  private final LongSupplier nanos;
  private final File terminal;
  private final String[] question;
  private int columns;
  private long asked;
  private int failures;

  /** The terminal of this process. */
  TerminalWidth() {
    this(System::nanoTime, TERMINAL, "stty", "size");
  }

  TerminalWidth(LongSupplier nanos, File terminal, String... question) {
    this.nanos = nanos;
    this.terminal = terminal;
    this.question = question.clone();
  }

  @Override
  public synchronized int getAsInt() {
    long now = nanos.getAsLong();
    if (columns == 0 || (failures < TRIES && now - asked > SECOND)) {
      ask();
      asked = now;
    }
    return columns;
  }

  private void ask() {
    int found = number(answer().replaceFirst("^\\d+ ", ""));
    failures = found == 0 ? failures + 1 : 0;
    if (found > 0) {
      columns = found;
    } else if (columns == 0) {
      int told = number(System.getenv().getOrDefault("COLUMNS", ""));
      columns = told == 0 ? USUAL : told;
    }
  }

  // Rows and columns, as in "24 80"; empty if it cannot be asked.
  private String answer() {
    if (!terminal.exists()) {
      return "";
    }
    try {
      Process stty = new ProcessBuilder(question).redirectInput(terminal).start();
      if (!stty.waitFor(1, TimeUnit.SECONDS)) {
        stty.destroy(); // which also closes what it said
        return "";
      }
      return new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static int number(String text) {
    return text.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(text) : 0;
  }
}
