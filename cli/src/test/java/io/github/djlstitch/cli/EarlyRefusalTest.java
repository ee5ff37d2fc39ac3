// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Mistakes that need no download to be seen are told before any. A run that began to download would
 * say so, and would end with exit 4 or with hundreds of megabytes; these name encoders that are not
 * at hand.
 */
final class EarlyRefusalTest {
  private static final String PAIR = "--encoder=vit-base --decoder=rexnet-head ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--dataset=wordnet | 2 | encoder 'vit-base' reads images but 'wordnet' has texts",
        "--dataset=csv:no.csv | 2 | give a data set of images, for example digits",
        "--dataset=cifar10 --decoder-dataset=trec | 2 | encoder 'rexnet' reads images",
        "--dataset=cifar100:corse | 3 | 'corse'",
        "--dataset=imagefolder:no-such-folder | 3 | no-such-folder",
        "--dataset=cifar10 --columns=text=a | 2 | columns can be named for",
        "--split-size=1000 | 2 | must be two whole numbers",
        "--anchors=0 | 2 | --anchors 0; expected a number from 1",
        "--anchors=no-such-file.txt | 3 | no-such-file.txt",
        "--anchors=50001 | 3 | 50001 anchors cannot be chosen among 50000 training samples",
        "--split-size=200,50 | 3 | 300 anchors cannot be chosen among 200 training samples",
        "--curve=10,60000 | 3 | 60000 anchors cannot be chosen among 50000",
        "--anchors-from=trec | 2 | encoder 'vit-base' reads images but 'trec' has texts",
        "--method=relativ | 2 | did you mean 'relative'?",
        "--similarity=cosin | 2 | did you mean 'cosine'?",
        "--center=ancors | 2 | known: anchors, data, none",
        "--head=linera | 2 | did you mean 'linear'?",
        "--seeds=0 | 2 | --seeds 0",
        "--fail-under=80 | 2 | expected an accuracy from 0 to 1",
        "--lambda=much | 2 | --lambda much",
        "--out=/dev/null/x | 7 | is not a folder",
      })
  void byTheMainJob(String options, int code, String part) {
    run(PAIR + "-q " + options).refused(code, part);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--encoder=vit-base --decoder=rexnett-head | 2 | did you mean 'rexnet-head'?",
        "--encoder=vit-base --decoder=rexnet | 2 | the decoder trained on it is 'rexnet-head'",
        "--encoder=vit-base --decoder=minilm-head | 2 | 'minilm' reads texts",
        "--encoder=minilm --decoder=rexnet-head | 2 | for example n24news:DIR",
        "--encoder=roberta-base --decoder=minilm-head --dataset=digits | 2 | has images",
        "--encoder=vit* --decoder=all --dataset=wordnet | 2 | none of which reads the data set",
        "train --encoder=vit-base --out=h.safetensors --dataset=wordnet | 2 | reads images but 'wordnet'",
        "train --encoder=vit-base --out=h.safetensors --anchors=0 | 2 | --anchors 0",
        "train --encoder=vit-base --out=h.safetensors --anchors=50001 | 3 | among 50000",
        "train --encoder=vit-base --out=h.safetensors --similarity=cosin | 2 | did you mean 'cosine'?",
        "train --encoder=vit-base --out=h.safetensors --head=linera | 2 | did you mean 'linear'?",
        "train --encoder=vitt-base --out=h.safetensors | 2 | did you mean 'vit-base'?",
        "encode --encoder=vit-base --out=x.safetensors --dataset=trec | 2 | 'trec' has texts",
        "encode --encoder=roberta-base --out=x.safetensors --dataset=mnist | 2 | has images",
        "encode --encoder=roberta-base --out=x.safetensors no.txt | 3 | no.txt",
        "anchors --encoder=vit-base,rexnet --dataset=wordnet | 2 | 'vit-base' reads images",
        "anchors --encoder=vit-base --anchors=0 | 2 | --anchors 0",
        "anchors --encoder=vit-base --anchors=50001 | 3 | among 50000",
        "anchors --encoder=vit-base,rexnett | 2 | did you mean 'rexnet'?",
        "anchors --encoder=vit-base --delta=2 | 2 | --delta 2.0",
      })
  void byOthers(String line, int code, String part) {
    run(line + " -q").refused(code, part);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--encoder=minilm --decoder=roberta-base-head",
        "--encoder=minilm --decoder=bge-small-head --dataset=trec",
        "train --encoder=minilm --dataset=trec --out=h.safetensors",
        "encode --encoder=vit-base --out=x.safetensors",
        "anchors --encoder=minilm,roberta-base",
      })
  void offlineWhatIsMissingIsTold(String line) {
    Run run = run(line + " -q --offline").refused(4, "is not in the cache", "--offline");
    assertTrue(run.err().length() < 500, run.err());
  }

  private static Run run(String line) {
    return Run.of(Stream.of(line.split(" ")).filter(a -> !a.isEmpty()).toArray(String[]::new));
  }
}
