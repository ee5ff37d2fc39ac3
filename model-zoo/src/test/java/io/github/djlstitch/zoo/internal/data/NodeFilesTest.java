// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.zoo.internal.data.NodeData.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeFilesTest {
  private static final String NODES =
      "node,label,split,words\n0,1,train,0 3\n1,0,val,2\n2,1,test,\n3,-1,none,0 1 2\n";
  private static final String EDGES = "source,target\n0,1\n1,0\n2,1\n3,3\n";

  @TempDir Path folder;

  private NodeData read(String nodes, String edges) throws IOException {
    Files.writeString(folder.resolve("nodes.csv"), nodes);
    Files.writeString(folder.resolve("edges.csv"), edges);
    return NodeFiles.read(folder);
  }

  @Test
  void readsNodesAndEdges() throws IOException {
    NodeData data = read(NODES, EDGES);
    assertEquals(String.valueOf(folder.getFileName()), data.name());
    assertEquals(2, data.classes());
    assertArrayEquals(new int[] {1, 0, 1, -1}, data.labels());
    assertArrayEquals(new int[] {0, 1, 2}, data.labelled());
    assertArrayEquals(new int[] {1}, data.rows(Part.VAL));
    assertEquals(2, data.graph().edges());
    assertArrayEquals(new int[] {0, 2}, data.graph().neighbors(1));
    assertArrayEquals(new float[] {.5f, .5f}, data.graph().features().values(0));
    assertArrayEquals(new int[0], data.graph().features().indices(2));
    assertEquals(4, data.graph().features().columns());
    String digest = data.sha256();
    assertEquals(digest, read(NODES, EDGES).sha256());
    assertNotEquals(digest, read(NODES, EDGES + "0,2\n").sha256());
  }

  @Test
  void acceptsWindowsLineEnds() throws IOException {
    assertEquals(2, read(NODES.replace("\n", "\r\n"), EDGES.replace("\n", "\r\n")).classes());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "node,label,split,words| node;label;split;words| line 1",
        "1,0,val,2| 1,0,val| line 3",
        "1,0,val,2| 1,0,val,2,5| line 3",
        "1,0,val,2| 2,0,val,2| expected node 1",
        "1,0,val,2| x,0,val,2| 'node'",
        "1,0,val,2| 1,-2,val,2| 'label'",
        "1,0,val,2| 1,10000,val,2| 'label'",
        "1,0,val,2| 1,-1,val,2| must have split none",
        "1,0,val,2| 1,0,validation,2| 'split'",
        "1,0,val,2| 1,0,val,3 2| ascending",
        "1,0,val,2| 1,0,val,2 2| ascending",
        "1,0,val,2| 1,0,val,2  3| 'words'",
        "1,0,val,2| 1,0,val,-1| 'words'",
        "1,0,val,2| 1,0,val,99999999999| 'words'",
        "1,0,val,2| 1,2,val,2| without gaps",
        "1,0,val,2| 1,1,val,2| at least 2",
      })
  void refusesWhatNodesMustNotBe(String right, String wrong, String told) {
    refuses(NODES.replace(right, wrong), EDGES, "nodes.csv", told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "source,target| a,b| line 1",
        "2,1| 4,1| 'source'",
        "2,1| 2,-1| 'target'",
        "2,1| 2| line 4",
        "2,1| 2,1.0| 'target'",
      })
  void refusesWhatEdgesMustNotBe(String right, String wrong, String told) {
    refuses(NODES, EDGES.replace(right, wrong), "edges.csv", told);
  }

  @Test
  void refusesMissingEmptyAndUndecodableFiles() throws IOException {
    assertThrows(StitchException.class, () -> NodeFiles.read(folder));
    refuses("", EDGES, "nodes.csv", "empty file");
    refuses("node,label,split,words\n", EDGES, "nodes.csv", "0 classes");
    refuses(NODES, "", "edges.csv", "empty file");
    Files.write(
        folder.resolve("nodes.csv"),
        "node,label,split,words\n0,\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertThrows(StitchException.class, () -> NodeFiles.read(folder));
  }

  private void refuses(String nodes, String edges, String file, String told) {
    var refusal = assertThrows(StitchException.class, () -> read(nodes, edges));
    assertEquals(StitchException.Kind.BAD_INPUT, refusal.kind());
    String message = refusal.getMessage();
    assertTrue(message.contains(file) && message.contains(told), message);
    assertTrue(message.lines().count() == 1, message);
  }
}
