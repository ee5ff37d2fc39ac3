// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.jshell;

import io.github.djlstitch.core.StitchException;
import java.util.Map;
import jdk.jshell.execution.LocalExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * Runs snippets in this process, so that they share its engine and its opened encoders, and shows
 * failures that have a message for people without a stack trace. JShell finds it by its name.
 */
public final class QuietExecution implements ExecutionControlProvider {
  static final String NAME = "stitch";

  private static volatile Runnable after = () -> {};

  /** Made by the service loader. */
  public QuietExecution() {}

  /** Runs this after each snippet, also after one that failed. */
  static void afterEach(Runnable action) {
    after = action;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
    return new Control();
  }

  private static final class Control extends LocalExecutionControl {
    @Override
    public String invoke(String className, String methodName)
        throws RunException, EngineTerminationException, InternalException {
      try {
        return super.invoke(className, methodName);
      } finally {
        after.run();
      }
    }

    @Override
    protected String throwConvertedInvocationException(Throwable cause)
        throws RunException, InternalException {
      if (cause instanceof StitchException known) {
        throw new UserException(
            known.getMessage(), known.getClass().getName(), new StackTraceElement[0]);
      }
      return super.throwConvertedInvocationException(cause);
    }
  }
}
