// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.langchain4j;

/** An encoder with a prefix for queries and one for documents. */
final class RoleModelContractTest extends EncoderContract {
  RoleModelContractTest() {
    super("e5-small", true);
  }
}
