// SPDX-License-Identifier: Apache-2.0
/** The commands, and what they print. */
@NullMarked
package io.github.djlstitch.cli.command;

import org.jspecify.annotations.NullMarked;
