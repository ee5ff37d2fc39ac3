// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import io.github.djlstitch.core.Named;

/** The forms that results are printed in. */
public enum Format implements Named {
  /** Aligned columns, for people. */
  TABLE,
  /** One JSON object, schema 1. */
  JSON,
  /** RFC 4180. */
  CSV,
  /** Tables as GitHub shows them. */
  MARKDOWN
}
