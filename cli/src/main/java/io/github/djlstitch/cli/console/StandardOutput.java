// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.console;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.WriteFailure;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stream of results, which remembers that it could not be written: Java's own {@code
 * System.out} and writers around it do not say why. After a failure what is written is dropped.
 */
public final class StandardOutput extends OutputStream {
  private static final Path LINK = Path.of("/proc/self/fd/1");

  private final OutputStream out;
  private @Nullable IOException failure;

  /** The standard output of this process. */
  public static StandardOutput ofThisProcess() {
    return new StandardOutput(new FileOutputStream(FileDescriptor.out));
  }

  StandardOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int letter) throws IOException {
    write(new byte[] {(byte) letter}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (failure != null) {
      return;
    }
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
    }
  }

  /** The failure to tell; none if a reader went away, as {@code head} does. */
  public Optional<StitchException> failure() {
    return Optional.ofNullable(failure)
        .filter(e -> !isClosedPipe(e))
        .map(
            e ->
                StitchException.resources(
                        "cannot write the results to standard output: %s; make room, or send them"
                            + " elsewhere",
                        WriteFailure.reason(e))
                    .because(e));
  }

  // The system's message may be in another language, but only readers break a pipe.
  private static boolean isClosedPipe(IOException e) {
    return WriteFailure.reason(e).toLowerCase(Locale.ROOT).contains("pipe") || isPipe();
  }

  private static boolean isPipe() {
    try {
      return Files.readSymbolicLink(LINK).toString().startsWith("pipe:");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
