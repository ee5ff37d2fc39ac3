// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The poms hold what a repository of artifacts asks for, and agree with each other. */
final class PomTest {
  private static final String GROUP = "io.github.djlstitch";
  private static final Path ROOT = Path.of("..");

  static List<String> modules() throws Exception {
    return all(pom(""), "/project/modules/module");
  }

  @ParameterizedTest
  @MethodSource("modules")
  void everyModuleSaysWhatItIs(String module) throws Exception {
    Document pom = pom(module);
    assertFalse(one(pom, "/project/name").isBlank());
    assertTrue(one(pom, "/project/description").length() > 20, module);
    Document heir = one(pom, "/project/parent/artifactId").isEmpty() ? pom : pom("");
    for (String field :
        List.of("url", "licenses/license/name", "developers/developer/name", "scm/url")) {
      assertFalse(one(heir, "/project/" + field).isBlank(), module + ": " + field);
    }
  }

  @Test
  void theBomListsAllModulesAtTheVersionOfThisBuild() throws Exception {
    Document bom = pom("starter/bom");
    String version = one(pom(""), "/project/version");
    assertEquals(version, one(bom, "/project/version"));
    Set<String> expected = new TreeSet<>();
    for (String module : modules()) {
      String artifact = one(pom(module), "/project/artifactId");
      if (!artifact.equals("stitch-bom")) {
        expected.add(artifact);
      }
    }
    String ours = "//dependency[groupId='" + GROUP + "']";
    assertEquals(expected, new TreeSet<>(all(bom, ours + "/artifactId")));
    assertEquals(Set.of("${project.version}"), Set.copyOf(all(bom, ours + "/version")));
  }

  @Test
  void theStarterTakesLibTorchOfEveryPlatformFromTheBom() throws Exception {
    String natives = "//dependency[artifactId='pytorch-native-cpu']/classifier";
    List<String> platforms = all(pom("starter/bom"), natives);
    assertEquals(4, platforms.size());
    assertEquals(platforms, all(pom("starter"), natives));
    String version = "/project/properties/libtorch.version";
    assertEquals(one(pom(""), version), one(pom("starter/bom"), version));
  }

  @Test
  void theReadmesDependencyIsTheOneOfThisBuild() throws Exception {
    String readme = Files.readString(ROOT.resolve("README.md"));
    String version = one(pom(""), "/project/version");
    String block =
        "<dependency>\n  <groupId>%s</groupId>\n  <artifactId>stitch-starter</artifactId>\n  <version>%s</version>\n</dependency>\n"
            .formatted(GROUP, version);
    assertTrue(readme.contains("```xml\n" + block + "```"), block);
    assertTrue(readme.contains("\"" + GROUP + ":stitch-starter:" + version + "\""));
    String natives = one(pom(""), "/project/properties/libtorch.version") + ":linux-x86_64\"";
    assertTrue(readme.contains("\"ai.djl.pytorch:pytorch-native-cpu:" + natives));
  }

  private static Document pom(String module) throws Exception {
    File file = ROOT.resolve(module).resolve("pom.xml").toFile();
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file);
  }

  private static String one(Document pom, String path) throws XPathExpressionException {
    return XPathFactory.newInstance().newXPath().evaluate(path, pom).strip();
  }

  private static List<String> all(Document pom, String path) throws XPathExpressionException {
    var found =
        (NodeList)
            XPathFactory.newInstance().newXPath().evaluate(path, pom, XPathConstants.NODESET);
    return IntStream.range(0, found.getLength())
        .mapToObj(i -> found.item(i).getTextContent().strip())
        .toList();
  }
}
