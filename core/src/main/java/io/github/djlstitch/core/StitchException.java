// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A failure that the caller can act on. Its message is one line: what, where, expected, found, what
 * to do next. Anything else that is thrown is a bug of this library.
 */
public final class StitchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Kinds of failure; the command line turns each into one exit code. */
  public enum Kind {
    /** A name or an option that does not exist, or options that contradict each other. */
    USAGE,
    /** A file, a row or a value that is not what it must be. */
    BAD_INPUT,
    /** A model, an engine or a device that is not available. */
    UNAVAILABLE,
    /** A digest or a checksum that does not match. */
    VERIFICATION,
    /** No disk, no memory, no permission to write. */
    RESOURCES
  }

  private final Kind kind;

  private StitchException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** Returns the kind of this failure. */
  public Kind kind() {
    return kind;
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /** Attaches the cause and returns this exception. */
  public StitchException because(Throwable cause) {
    initCause(cause);
    return this;
  }

  /** A wrong usage: a name that does not exist, or options that contradict each other. */
  @FormatMethod
  public static StitchException usage(@FormatString String format, @Nullable Object... args) {
    return of(Kind.USAGE, format, args);
  }

  /** A file, a row or a value is not what it must be. */
  @FormatMethod
  public static StitchException badInput(@FormatString String format, @Nullable Object... args) {
    return of(Kind.BAD_INPUT, format, args);
  }

  /** A model, an engine or a device is not available. */
  @FormatMethod
  public static StitchException unavailable(@FormatString String format, @Nullable Object... args) {
    return of(Kind.UNAVAILABLE, format, args);
  }

  /** A digest or a checksum does not match. */
  @FormatMethod
  public static StitchException verification(
      @FormatString String format, @Nullable Object... args) {
    return of(Kind.VERIFICATION, format, args);
  }

  /** The machine ran out of something, or does not let us write. */
  @FormatMethod
  public static StitchException resources(@FormatString String format, @Nullable Object... args) {
    return of(Kind.RESOURCES, format, args);
  }

  private static StitchException of(Kind kind, String format, @Nullable Object... args) {
    return new StitchException(kind, String.format(Locale.ROOT, format, args));
  }
}
