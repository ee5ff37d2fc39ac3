// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person can get wrong: one line that says what to do, and the right exit code. */
final class RefusalTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--encoder=minilmm --decoder=minilm-head | no encoder 'minilmm'; did you mean 'minilm'?",
        "--encoder='' --decoder=minilm-head | no encoder ''; known: minilm",
        "--encoder=minilm,,e5-small --decoder=minilm-head | no encoder ''",
        "--encoder=*{ --decoder=minilm-head | no encoder '*{'",
        "--encoder=zz* --decoder=minilm-head | no encoder 'zz*'; known: minilm",
        "--encoder=minilm --decoder=bge-smal-head | did you mean 'bge-small-head'?",
        "--encoder=minilm --decoder=bge-small | the decoder trained on it is 'bge-small-head'",
        "--encoder=minilm | give --decoder too",
        "--decoder=minilm-head | give --encoder too",
        "-q | give --encoder and --decoder, or a command; try 'stitch --help'",
        "encod | did you mean 'encode'?",
        "zoo infoo minilm | did you mean 'info'?",
        "zoo info minilmm | no encoder 'minilmm'; did you mean 'minilm'?",
        "zoo info | Missing required parameter: 'NAME'",
        "completion fish | no completion for 'fish'; known: bash, zsh",
        "encode --encoder minilm | Missing required option: '--out=FILE'",
        "encode --encoder=minilmm --out=x.safetensors | did you mean 'minilm'?",
        "encode --encoder=minilm --out=x.npy | --out 'x.npy' must end in .safetensors",
        "encode --encoder=minilm --out=/ | --out '/' must end in .safetensors",
        "encode --encoder=minilm --out=x.safetensors --split=tset | did you mean 'test'?",
        "encode --encoder=minilm --out=x.safetensors a.txt --split=test | --split does not go with",
        "encode --encoder=minilm --out=x.safetensors a.jsonl | give --dataset jsonl:a.jsonl",
        "train --encoder=minilm --out=h.txt | --out 'h.txt' must end in .safetensors",
        "train --encoder=minilm --out=h.json --reads=reltive | did you mean 'relative'?",
      })
  void aWrongCommandIsAUsageError(String line, String part) {
    String[] arguments =
        Stream.of(line.split(" ")).map(a -> a.replace("''", "")).toArray(String[]::new);
    Run.of(arguments).refused(2, part);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--method=relativ | no method 'relativ'; did you mean 'relative'?",
        "--method= | no method ''; known: absolute",
        "--similarity=cosin | did you mean 'cosine'?",
        "--head=linera | did you mean 'linear'?",
        "--center=ancors | known: anchors, data, none",
        "--anchor-strategy=unifrom | did you mean 'uniform'?",
        "--format=jsn | no format 'jsn'; did you mean 'json'? known: table, json, csv, markdown",
        "--dtype=float16 | did you mean 'bfloat16'? known: float32, bfloat16",
        "--color=purple | known: auto, always, never",
        "--formta=json | did you mean '--format'?",
        "--batch=0 | a batch of 0; expected at least 1",
        "--batch=x | 'x' is not an int",
        "--layer=x | --layer x; expected a whole number or 'all'",
        "--seeds=0 | --seeds 0; expected at least 1",
        "--threads=0 | --threads 0; expected at least 1",
        "--lambda=-1 | --lambda -1; expected a number above 0",
        "--lambda=NaN | --lambda NaN; expected a number above 0",
        "--lambda=0 | expected a number above 0",
        "--lambda=much | --lambda much; expected a number above 0, or auto",
        "--similarity=minkowski --order=0.5 | needs a finite order of at least 1",
        "--similarity=rbf --gamma=0 | --gamma 0; expected a number above 0, or auto",
        "--similarity=geodesic --neighbors=0 | --neighbors 0; expected 1 to 256",
        "--split-size=junk | split size 'junk' must be two whole numbers",
        "--split-size=2,1 | fewer train samples than data set",
        "--test-fraction=1 | test fraction 1.0",
        "--columns=txt=a | did you mean 'text'?",
        "--fail-under=80 | expected an accuracy from 0 to 1",
        "--fail-under=NaN | expected an accuracy from 0 to 1",
        "--device=gup | no device 'gup'; known: auto, cpu, gpu",
        "--curve=10 | --curve '10'; expected at least 2 different numbers of anchors above 0",
        "--curve=10,10,010 | expected at least 2 different numbers",
        "--curve=10,0 | expected at least 2 different numbers of anchors above 0",
        "--curve=10,-3 | expected at least 2 different numbers of anchors above 0",
        "--curve=10,x | --curve '10,x'; expected at least 2",
        "--curve=10,,20 | for example 10,30,100,300",
        "extra | 'extra'",
      })
  void aWrongOptionIsAUsageError(String option, String part) {
    Run.of(Sample.pair(option.split(" "))).refused(2, part);
  }

  @Test
  void aGpuThatIsNotThereIsUnavailable() {
    Run.of(Sample.pair("--device=gpu7")).refused(4, "device 'gpu7' is not there", "--device cpu");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wordnett | 2 | (did you mean 'wordnet'?)",
        "reviews.csv | 2 | (did you mean 'csv:reviews.csv'?)",
        "csv:missing.csv | 3 | 'missing.csv' does not exist",
      })
  void aDataSetThatIsNotThereIsNamed(String dataset, int code, String part) {
    Run.of("--encoder=minilm", "--decoder=minilm-head", "--dataset", dataset).refused(code, part);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | is empty",
        "text,label;hello,a;x,y,z | line 3 (row 2): expected 2 fields",
        "text;hello | expected a column 'label'",
        "text,label;hello,a;you,a;there,a;all,a | the single class 'a'",
        "text,label;hello,a; ,b | line 3 (row 2): text is empty",
        "text,label;one,a;two,b;three,a;four,b | 300 anchors cannot be chosen among 2 training",
      })
  void aBadTableIsBadInputThatNamesTheRow(String lines, String part) throws IOException {
    Path file = Files.writeString(folder.resolve("bad data.csv"), lines.replace(';', '\n'));
    Run.of("--encoder=minilm", "--decoder=minilm-head", "--dataset=csv:" + file).refused(3, part);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | lists no anchors",
        "row-1;row-2;row-1 | lists an anchor twice",
        "row-999 | anchor 'row-999' is not among the 120 train samples",
      })
  void aBadAnchorFileIsBadInput(String lines, String part) throws IOException {
    Path file = Files.writeString(folder.resolve("anchors.txt"), lines.replace(';', '\n'));
    anchors(file.toString()).refused(3, part);
  }

  @Test
  void anAnchorFileThatIsNotUtf8IsBadInput() throws IOException {
    Path file = Files.write(folder.resolve("anchors.txt"), new byte[] {(byte) 0xff, (byte) 0xfe});
    anchors(file.toString()).refused(3, "anchors.txt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"121", "no file.txt"})
  void anchorsThatCannotBeChosenAreBadInput(String anchors) {
    anchors(anchors).refused(3, anchors.equals("121") ? "1 to 120" : anchors);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-5", "99999999999"})
  void aNumberOfAnchorsThatNoDataHaveIsWrongUsage(String anchors) {
    anchors(anchors).refused(2, "--anchors " + anchors + "; expected a number from 1 to");
  }

  private static Run anchors(String anchors) {
    return Run.of(
        "--encoder=minilm",
        "--decoder=minilm-head",
        "--dataset=" + Sample.dataset(),
        "--anchors=" + anchors);
  }

  @Test
  void aFolderThatIsAFileIsRefusedBeforeAnyWork() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    String inside = file.resolve("x").toString();
    Run.of(Sample.pair("--out", inside)).refused(7, "is not a folder", "--out");
    Run.of(Sample.pair("--cache-dir", inside)).refused(7, "cannot write", inside);
    Run.of("doctor", "--cache-dir", inside).refused(7, "is not a folder", "--cache-dir");
    Run.of("encode", "--encoder=minilm", "--out", inside + "/v.safetensors").refused(7, "--out");
    assertEquals("", Files.readString(file));
  }

  @Test
  void aStackTraceIsPrintedOnlyWhenAskedFor() {
    Run quiet = Run.of(Sample.pair("-v", "--device=gpu7"));
    assertFalse(quiet.err().contains("\tat "), quiet.err());
    Run loud = Run.of(Sample.pair("-vv", "--device=gpu7"));
    assertEquals(4, loud.code());
    assertTrue(loud.err().contains("\tat "), loud.err());
  }

  @Test
  void aMessageStaysOneLineWhateverTheArgument() {
    Run.of("--encoder", "a\nb\u001b[31m", "--decoder=minilm-head")
        .refused(2, "no encoder 'a b?[31m'");
    Run.of("wrong\ncommand").refused(2, "wrong command");
  }
}
