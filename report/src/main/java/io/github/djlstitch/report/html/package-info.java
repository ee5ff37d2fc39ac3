// SPDX-License-Identifier: Apache-2.0
/** Documents as one self-contained page. */
@NullMarked
package io.github.djlstitch.report.html;

import org.jspecify.annotations.NullMarked;
