// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.djlstitch.core.StitchException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressRulesTest {
  private static final AddressRules PUBLIC = new AddressRules(URI.create("https://huggingface.co"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "jar:file:/x.jar!/y",
        "ftp://example.org/x",
        "http://example.org/x",
        "http://169.254.169.254/",
        "https://169.254.169.254/",
        "https://[::1]/",
        "http://[::1]/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://8.8.8.8/",
        "https://localhost/",
        "https://user@example.org/",
        "/relative"
      })
  void refused(String address) {
    HubFailures.fails(Kind.UNAVAILABLE, () -> PUBLIC.check(URI.create(address)), "refused");
  }

  @Test
  void theEndpointItselfAndOneOnThisMachineAreTrusted() throws IOException {
    PUBLIC.check(URI.create("https://huggingface.co/x"));
    var here = new AddressRules(URI.create("http://127.0.0.1:8080"));
    here.check(URI.create("http://localhost:8081/x"));
    here.check(URI.create("https://127.0.0.1/x"));
    HubFailures.unavailable(() -> here.check(URI.create("http://10.0.0.1/x")), "only https");
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3,true",
    "172.16.0.1,true",
    "172.32.0.1,false",
    "192.168.1.1,true",
    "127.9.9.9,true",
    "169.254.169.254,true",
    "0.0.0.0,true",
    "0.1.2.3,true",
    "100.64.0.1,true",
    "100.63.0.1,false",
    "198.18.0.1,true",
    "192.0.0.8,true",
    "224.0.0.1,true",
    "255.255.255.255,true",
    "8.8.8.8,false",
    "::1,true",
    "::,true",
    "fe80::1,true",
    "fc00::1,true",
    "fd12::1,true",
    "ff02::1,true",
    "::ffff:10.0.0.1,true",
    "64:ff9b::a00:1,true",
    "64:ff9b::808:808,false",
    "2002:7f00:1::,true",
    "2606:4700::1,false"
  })
  void privateAddresses(String address, boolean isPrivate) throws IOException {
    assertEquals(isPrivate, AddressRules.isPrivate(InetAddress.getAllByName(address)[0]), address);
  }
}
