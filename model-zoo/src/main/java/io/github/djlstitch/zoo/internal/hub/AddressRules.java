// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.zoo.hub.HubOptions;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The addresses that may be requested, also by redirects: {@code https} only, and nothing on this
 * machine or its own network, unless the endpoint itself is there. Host names are resolved before
 * each request; the platform remembers the answer for longer than the request needs to connect, so
 * that a name cannot change its address in between.
 */
final class AddressRules {
  private static final Pattern LITERAL =
      Pattern.compile("\\[.*|(?:.*\\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)\\.?");

  // RFC 6052: how a network without IPv4 shows IPv4 addresses.
  private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
  private static final int IPV4_BYTES = 4;

  private final URI endpoint;

  AddressRules(URI endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * Accepts an address that may be requested.
   *
   * @throws StitchException (unavailable) naming the reason if it may not
   * @throws UnknownHostException if its host has no address
   */
  void check(URI uri) throws UnknownHostException {
    if (uri.getHost() == null || uri.getRawUserInfo() != null) {
      throw refused(uri, "it is not a plain https address");
    }
    boolean local = HubOptions.isLoopback(endpoint);
    if (!"https".equalsIgnoreCase(uri.getScheme())
        && !(local && "http".equalsIgnoreCase(uri.getScheme()) && HubOptions.isLoopback(uri))) {
      throw refused(uri, "only https is allowed");
    }
    if (Urls.sameOrigin(uri, endpoint) || local) {
      return;
    }
    if (LITERAL.matcher(uri.getHost()).matches()) {
      throw refused(uri, "it is a bare IP address");
    }
    if (HubOptions.isLoopback(uri) || (!isProxied(uri) && isPrivate(uri) && !isPrivateEndpoint())) {
      throw refused(uri, "it is on a private network");
    }
  }

  // As that of a company's own mirror may be; its other hosts are then trusted, too.
  private boolean isPrivateEndpoint() {
    try {
      return isPrivate(endpoint);
    } catch (UnknownHostException e) {
      return false;
    }
  }

  // The proxy resolves the name, and this machine may be unable to.
  private static boolean isProxied(URI uri) {
    ProxySelector proxies = ProxySelector.getDefault();
    return proxies != null
        && proxies.select(uri).stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
  }

  private static boolean isPrivate(URI uri) throws UnknownHostException {
    for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
      if (isPrivate(address)) {
        return true;
      }
    }
    return false;
  }

  /** Returns true for addresses outside the public Internet. */
  static boolean isPrivate(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()
        || (bytes.length == IPV4_BYTES ? isPrivateIpv4(bytes) : isPrivateIpv6(bytes));
  }

  private static boolean isPrivateIpv4(byte[] bytes) {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    return first == 0
        || first == 10
        || first == 127
        || first >= 224
        || (first == 169 && second == 254)
        || (first == 172 && (second & 0xf0) == 16)
        || (first == 192 && second == 168)
        || (first == 192 && second == 0 && bytes[2] == 0) // RFC 6890
        || (first == 100 && (second & 0xc0) == 64) // carrier NAT, RFC 6598
        || (first == 198 && (second & 0xfe) == 18); // benchmarks, RFC 2544
  }

  private static boolean isPrivateIpv6(byte[] bytes) {
    if (Arrays.equals(bytes, 0, NAT64.length, NAT64, 0, NAT64.length)) {
      return isPrivateIpv4(Arrays.copyOfRange(bytes, NAT64.length, bytes.length));
    }
    // Only 2000::/3 is public; of it, 2002::/16 wraps IPv4 addresses of any kind.
    return (bytes[0] & 0xe0) != 0x20 || (bytes[0] == 0x20 && bytes[1] == 0x02);
  }

  private static StitchException refused(URI uri, String why) {
    return StitchException.unavailable("refused to download from '%s': %s", Urls.shown(uri), why);
  }
}
