// SPDX-License-Identifier: Apache-2.0
/** Options that several commands share. */
@NullMarked
package io.github.djlstitch.cli.option;

import org.jspecify.annotations.NullMarked;
