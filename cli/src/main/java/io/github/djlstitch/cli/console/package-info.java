// SPDX-License-Identifier: Apache-2.0
/** Streams, terminal, exit codes, files that are written. */
@NullMarked
package io.github.djlstitch.cli.console;

import org.jspecify.annotations.NullMarked;
