// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import io.github.djlstitch.core.internal.file.Printable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tables and the lines around them, one below the other.
 *
 * @param blocks from top to bottom; a blank line is a block of its own
 */
public record Blocks(List<Block> blocks) implements Printout {
  /** Takes a copy. */
  public Blocks {
    blocks = List.copyOf(blocks);
  }

  /** One below the other. */
  public static Blocks of(Block... blocks) {
    return new Blocks(List.of(blocks));
  }

  @Override
  public String text(boolean colored) {
    return blocks.stream().map(block -> block.text(colored)).collect(Collectors.joining());
  }

  @Override
  public String markdown() {
    return blocks.stream().map(Block::markdown).collect(Collectors.joining());
  }

  /** A part of a printout. */
  public sealed interface Block permits Lines, Title, TextTable {
    /** Text for a terminal. */
    String text(boolean colored);

    /** Markdown. */
    String markdown();
  }

  /**
   * Lines that are the same in every form.
   *
   * @param lines each ends in a line feed
   */
  public record Lines(String lines) implements Block {
    /** One line, or several with line feeds between them. */
    public static Lines of(String line) {
      return new Lines(line + "\n");
    }

    /** A blank line. */
    public static Lines blank() {
      return of("");
    }

    @Override
    public String text(boolean colored) {
      return Printable.lines(lines);
    }

    @Override
    public String markdown() {
      return Markdown.lines(lines);
    }
  }

  /**
   * The title of a table.
   *
   * @param name bold
   * @param explained how the table reads, not bold
   */
  public record Title(String name, String explained) implements Block {
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";

    @Override
    public String text(boolean colored) {
      String shown = Printable.line(name);
      return (colored ? BOLD + shown + PLAIN : shown) + ": " + Printable.line(explained) + "\n";
    }

    @Override
    public String markdown() {
      return "**" + Markdown.line(name) + "**, " + Markdown.line(explained) + "\n\n";
    }
  }
}
