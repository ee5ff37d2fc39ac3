// SPDX-License-Identifier: Apache-2.0
/** Figures as a few kinds of marks, written as SVG and as PNG. */
@NullMarked
package io.github.djlstitch.report.draw;

import org.jspecify.annotations.NullMarked;
