// SPDX-License-Identifier: Apache-2.0
// Two encoders read the same texts. Coordinate by coordinate their vectors are
// little alike; their similarities to the same 24 anchors are much more so.
//
//     ./stitch jshell docs/examples/two-encoders.jsh

String[] anchors = {
  "The cat sleeps in the garden.", "A wolf hunts at night.",
  "Birds fly south in autumn.", "She baked bread with salt.",
  "Soup is best when it is hot.", "He drank a glass of milk.",
  "The ship left the harbor.", "Our train was late again.",
  "A pilot landed the aircraft.", "The bank raised its rates.",
  "They sold the house at a loss.", "Taxes are due in spring.",
  "The doctor examined my knee.", "She took pills for her cold.",
  "He broke his arm.", "The orchestra played a waltz.",
  "I learned to play the piano.", "The choir sang at noon.",
  "It rained all week.", "Snow covered the mountains.",
  "A storm comes from the sea.", "The court found him guilty.",
  "Parliament passed the law.", "The judge asked for silence."
}
String[] texts = {
  "a lion chases its prey", "a cake of sugar and flour",
  "the plane took off", "a loan for a new car",
  "a nurse gave an injection", "the violin is out of tune",
  "clouds and heavy wind", "the jury heard the witness"
}

var minilm = Stitch.encoder("minilm")
var bge = Stitch.encoder("bge-small")
var one = minilm.encode(texts)
var other = bge.encode(texts)
var oneRelative = one.relative(minilm.encode(anchors))
var otherRelative = other.relative(bge.encode(anchors))

// Jaccard: a text's two vectors search the other encoder's space, and this is
// how much their 3 nearest texts are the same. Cosine: of a text's two vectors.
// Both are 1 if the spaces are one.
void row(String vectors, Stitch.Vectors a, Stitch.Vectors b) {
  var same = a.retrieval(b, 3);
  System.out.printf(
      Locale.ROOT, "%-8s  %7.3f  %6.3f%n", vectors, same.jaccard(), same.cosine());
}

System.out.println(oneRelative)
System.out.println(otherRelative)
System.out.println("vectors   Jaccard  cosine")
row("absolute", one, other)
row("relative", oneRelative, otherRelative)
/exit
