// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.weights;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Printable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files in which an ONNX graph stores its tensors. A graph can name any file of the machine,
 * which ONNX Runtime would then read: only plain files in the graph's own folder are allowed, which
 * have no other name elsewhere.
 */
public final class OnnxExternalData {
  // Field numbers of onnx.proto. Graphs, nodes and tensors lie within each other.
  private static final int MODEL_GRAPH = 7;
  private static final int MODEL_TRAINING = 20;
  private static final int MODEL_FUNCTION = 25;
  private static final Set<Integer> TRAINING_GRAPHS = Set.of(1, 2);
  private static final int FUNCTION_NODE = 7;
  private static final int FUNCTION_ATTRIBUTE = 11;
  private static final int GRAPH_NODE = 1;
  private static final int GRAPH_INITIALIZER = 5;
  private static final int GRAPH_SPARSE = 15;
  private static final Set<Integer> SPARSE_TENSORS = Set.of(1, 2);
  private static final int NODE_ATTRIBUTE = 5;
  private static final Set<Integer> ATTRIBUTE_TENSORS = Set.of(5, 10);
  private static final Set<Integer> ATTRIBUTE_GRAPHS = Set.of(6, 11);
  private static final Set<Integer> ATTRIBUTE_SPARSE = Set.of(22, 23);
  private static final int TENSOR_EXTERNAL = 13;
  private static final int ENTRY_KEY = 1;
  private static final int ENTRY_VALUE = 2;

  private static final int DEEPEST = 64; // graphs within graphs; loops and branches nest a few deep

  private final Path file;
  private final Set<String> locations = new TreeSet<>();
  private int depth;

  private OnnxExternalData(Path file) {
    this.file = file;
  }

  /**
   * The files that hold tensors of a graph, in order of their names.
   *
   * @throws StitchException (bad input) if it is not a whole ONNX file below 2 GiB, or if one of
   *     them is missing, outside the folder of the graph, or a link
   */
  public static List<Path> of(Path file) {
    return of(file, OnnxWeights.mapped(file));
  }

  static List<Path> of(Path file, ByteBuffer bytes) {
    var reader = new OnnxExternalData(file);
    reader.model(new Protobuf(file, bytes));
    return reader.locations.stream().map(reader::checked).toList();
  }

  private void model(Protobuf model) {
    while (model.next()) {
      switch (model.field()) {
        case MODEL_GRAPH -> graph(model.message());
        case MODEL_FUNCTION -> function(model.message());
        case MODEL_TRAINING -> training(model.message());
        default -> model.skip();
      }
    }
  }

  private void training(Protobuf training) {
    while (training.next()) {
      if (TRAINING_GRAPHS.contains(training.field())) {
        graph(training.message());
      } else {
        training.skip();
      }
    }
  }

  private void function(Protobuf function) {
    while (function.next()) {
      switch (function.field()) {
        case FUNCTION_NODE -> node(function.message());
        case FUNCTION_ATTRIBUTE -> attribute(function.message());
        default -> function.skip();
      }
    }
  }

  private void graph(Protobuf graph) {
    if (++depth > DEEPEST) {
      throw StitchException.badInput(
          "'%s' has graphs within graphs more than %d deep; get the file again", file, DEEPEST);
    }
    while (graph.next()) {
      switch (graph.field()) {
        case GRAPH_NODE -> node(graph.message());
        case GRAPH_INITIALIZER -> tensor(graph.message());
        case GRAPH_SPARSE -> sparse(graph.message());
        default -> graph.skip();
      }
    }
    depth--;
  }

  private void node(Protobuf node) {
    while (node.next()) {
      if (node.field() == NODE_ATTRIBUTE) {
        attribute(node.message());
      } else {
        node.skip();
      }
    }
  }

  private void attribute(Protobuf attribute) {
    while (attribute.next()) {
      int field = attribute.field();
      if (ATTRIBUTE_TENSORS.contains(field)) {
        tensor(attribute.message());
      } else if (ATTRIBUTE_GRAPHS.contains(field)) {
        graph(attribute.message());
      } else if (ATTRIBUTE_SPARSE.contains(field)) {
        sparse(attribute.message());
      } else {
        attribute.skip();
      }
    }
  }

  private void sparse(Protobuf sparse) {
    while (sparse.next()) {
      if (SPARSE_TENSORS.contains(sparse.field())) {
        tensor(sparse.message());
      } else {
        sparse.skip();
      }
    }
  }

  private void tensor(Protobuf tensor) {
    while (tensor.next()) {
      if (tensor.field() == TENSOR_EXTERNAL) {
        entry(tensor.message());
      } else {
        tensor.skip();
      }
    }
  }

  private void entry(Protobuf entry) {
    String key = "";
    String value = "";
    while (entry.next()) {
      switch (entry.field()) {
        case ENTRY_KEY -> key = entry.text();
        case ENTRY_VALUE -> value = entry.text();
        default -> entry.skip();
      }
    }
    if ("location".equals(key)) {
      locations.add(value);
    }
  }

  private Path checked(String location) {
    try {
      Path folder = file.toAbsolutePath().normalize().resolveSibling("");
      Path data = folder.resolve(location).normalize();
      if (data.equals(folder) || !data.startsWith(folder)) {
        throw refusal(location, "lies outside its folder");
      }
      if (location.contains("*")) {
        throw refusal(location, "may be an address in memory to ONNX Runtime; rename it");
      }
      Path part = folder;
      for (Path name : Path.of(location)) { // as it stands: behind a link, ".." is another place
        part = part.resolve(name);
        if (Files.isSymbolicLink(part)) {
          throw refusal(location, "is a symbolic link; put the file itself there");
        }
      }
      if (!Files.isRegularFile(data, LinkOption.NOFOLLOW_LINKS)) {
        throw refusal(location, "does not exist");
      }
      if (hasOtherName(data)) {
        throw refusal(location, "has another name elsewhere (a hard link); put a copy there");
      }
      return data;
    } catch (InvalidPathException e) {
      throw refusal(location, "is not a valid path on this system").because(e);
    }
  }

  // Windows does not tell.
  private static boolean hasOtherName(Path data) {
    try {
      return data.getFileSystem().supportedFileAttributeViews().contains("unix")
          && (int) Files.getAttribute(data, "unix:nlink") > 1;
    } catch (IOException e) {
      throw StitchException.badInput("cannot read '%s': %s", data, e.getMessage()).because(e);
    }
  }

  private StitchException refusal(String location, String problem) {
    return StitchException.badInput(
        "'%s' keeps tensors in '%s', which %s; the graph is not run",
        file, Printable.of(location), problem);
  }
}
