// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.console;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * The width of the terminal, asked again each second, since it may be resized. Java cannot ask it;
 * {@code stty} can. Where there is none, {@code COLUMNS} says it, or it is 80.
 */
public final class TerminalWidth implements IntSupplier {
  /** The width where nobody knows it. */
  public static final int USUAL = 80;

  private static final long SECOND = 1_000_000_000L;
  private static final File TERMINAL = new File("/dev/tty");

  private final File terminal;
  private final String[] question;
  private int columns;
  private long asked;
  private boolean silent;

  /** The terminal of this process. */
  TerminalWidth() {
    this(TERMINAL, "stty", "size");
  }

  TerminalWidth(File terminal, String... question) {
    this.terminal = terminal;
    this.question = question.clone();
  }

  @Override
  public synchronized int getAsInt() {
    long now = System.nanoTime();
    if (columns == 0 || (!silent && now - asked > SECOND)) {
      columns = ask();
      asked = now;
    }
    return columns;
  }

  private int ask() {
    int found = silent ? 0 : number(answer().replaceFirst("^\\d+ ", ""));
    silent = found == 0;
    int told = silent ? number(System.getenv().getOrDefault("COLUMNS", "")) : found;
    return told == 0 ? USUAL : told;
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
