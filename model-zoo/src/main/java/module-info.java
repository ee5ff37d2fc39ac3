// SPDX-License-Identifier: Apache-2.0
/** Names to opened encoders, decoders and data sets; downloads, verifies and keeps them. */
module io.github.djlstitch.zoo {
  requires transitive io.github.djlstitch.core;
  requires transitive io.github.djlstitch.encoders;
  requires transitive io.github.djlstitch.decoders;
  requires com.google.gson;
  requires de.siegmar.fastcsv;
  requires extjwnl;
  requires java.desktop;
  requires java.net.http;
  requires java.sql;
  requires org.apache.commons.compress;
  requires org.apache.commons.io;

  exports io.github.djlstitch.zoo;
  exports io.github.djlstitch.zoo.data;
  exports io.github.djlstitch.zoo.djl;
  exports io.github.djlstitch.zoo.hub;

  provides ai.djl.repository.zoo.ZooProvider with
      io.github.djlstitch.zoo.djl.StitchZooProvider;
}
