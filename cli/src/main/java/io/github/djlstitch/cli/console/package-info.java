// SPDX-License-Identifier: Apache-2.0
/** Streams, terminal, exit codes and written files. */
@NullMarked
package io.github.djlstitch.cli.console;

import org.jspecify.annotations.NullMarked;
