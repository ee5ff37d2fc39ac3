// SPDX-License-Identifier: Apache-2.0
/** Documents as one self-contained page. */
@NullMarked
package io.github.djlstitch.cli.report.html;

import org.jspecify.annotations.NullMarked;
