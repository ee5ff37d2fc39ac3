// SPDX-License-Identifier: Apache-2.0
/** Maps what commands found out to reports; the forms themselves belong to the report module. */
@NullMarked
package io.github.djlstitch.cli.report;

import org.jspecify.annotations.NullMarked;
