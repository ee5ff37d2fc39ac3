// SPDX-License-Identifier: Apache-2.0
/** The command line and the JShell facade. */
@NullMarked
package io.github.djlstitch.cli;

import org.jspecify.annotations.NullMarked;
