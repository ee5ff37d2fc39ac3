// SPDX-License-Identifier: Apache-2.0
/** The layout of {@code --help}, and completion scripts. */
@NullMarked
package io.github.djlstitch.cli.help;

import org.jspecify.annotations.NullMarked;
