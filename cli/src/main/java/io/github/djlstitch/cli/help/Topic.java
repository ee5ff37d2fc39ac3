// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.help;

/** Headings under which help lists options, in their order there. */
public enum Topic {
  COMMAND("Options"),
  DATA("Data"),
  METHODS("Methods"),
  ANCHORS("Anchors"),
  RELATIVE("Relative space"),
  HEADS("Heads"),
  CODEC("Codecs"),
  ENCODERS("Encoders"),
  RESULTS("Results"),
  SYSTEM("Cache, network and help");

  private final String heading;

  Topic(String heading) {
    this.heading = heading;
  }

  String heading() {
    return heading;
  }
}
