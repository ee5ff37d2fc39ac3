// SPDX-License-Identifier: Apache-2.0
/** The {@code Stitch} facade, for JShell. */
@NullMarked
package io.github.djlstitch.cli.jshell;

import org.jspecify.annotations.NullMarked;
