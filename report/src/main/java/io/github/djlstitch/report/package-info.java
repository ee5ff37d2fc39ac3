// SPDX-License-Identifier: Apache-2.0
/** Findings as tables and figures, and the only writers of text, Markdown, CSV and JSON. */
@NullMarked
package io.github.djlstitch.report;

import org.jspecify.annotations.NullMarked;
