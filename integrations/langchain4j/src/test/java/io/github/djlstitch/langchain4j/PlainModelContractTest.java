// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.langchain4j;

/** An encoder that does not tell queries from documents. */
final class PlainModelContractTest extends EncoderContract {
  PlainModelContractTest() {
    super("minilm", false);
  }
}
