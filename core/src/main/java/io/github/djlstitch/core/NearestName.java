// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core;

import java.util.Collection;

public final class NearestName {
  private NearestName() {}
  public static String hint(String wanted, Collection<String> known) { return ""; }
}
