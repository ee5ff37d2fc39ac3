// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.zoo.hub.HubOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One request at a time over HTTP/1.1: address rules at every hop, the token for the endpoint
 * alone, no compression. The only type that opens connections; there is none when offline.
 * Thread-safe.
 */
final class Web {
  private static final int MOST_REDIRECTS = 10;

  private final HttpClient client;
  private final AddressRules rules;
  private final URI endpoint;
  private final Supplier<Optional<String>> token;

  Web(HubOptions options) {
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(options.metadataTimeout())
            .build();
    this.endpoint = options.endpoint();
    this.rules = new AddressRules(endpoint);
    this.token = options.token();
  }

  /** The HTTP methods in use. */
  enum Verb {
    HEAD,
    GET
  }

  /**
   * Sends a request, and follows the redirects that are to be followed.
   *
   * @param from first byte wanted
   * @param timeout for the headers, and for each next part of the body
   * @return an answer that the caller closes; a redirect only if it is not to be followed
   */
  Answer ask(Verb verb, URI uri, long from, Duration timeout, Predicate<String> follow)
      throws IOException {
    URI place = uri;
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      Answer answer = ask(verb, place, from, timeout);
      String location = answer.header("Location").orElse("");
      if (!answer.isRedirect() || !follow.test(location)) {
        return answer;
      }
      answer.close();
      place = target(place, location);
    }
    throw StitchException.unavailable(
        "'%s' redirects more than %d times", Urls.shown(uri), MOST_REDIRECTS);
  }

  /** Resolves a redirect. */
  static URI target(URI from, String location) {
    return Urls.resolve(from, location)
        .orElseThrow(
            () ->
                StitchException.unavailable(
                    "'%s' redirects to something that is not an address", Urls.shown(from)));
  }

  private Answer ask(Verb verb, URI uri, long from, Duration timeout) throws IOException {
    rules.check(uri);
    var request =
        HttpRequest.newBuilder(uri)
            .method(verb.name(), HttpRequest.BodyPublishers.noBody())
            .setHeader("Accept-Encoding", "identity")
            .setHeader("User-Agent", "djl-stitch");
    if (from > 0) {
      request.setHeader("Range", "bytes=" + from + "-");
    }
    if (Urls.sameOrigin(uri, endpoint)) {
      token.get().ifPresent(t -> request.setHeader("Authorization", "Bearer " + t));
    }
    var response = await(request.build(), timeout);
    return new Answer(
        uri, response.statusCode(), response.headers(), new Body(response.body(), timeout));
  }

  // Not the request's own timeout: newer platforms let it run until the end of the body.
  private HttpResponse<Flow.Publisher<List<ByteBuffer>>> await(
      HttpRequest request, Duration timeout) throws IOException {
    CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> response =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofPublisher());
    try {
      return response.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      response.cancel(true);
      throw new HttpTimeoutException("no answer in " + timeout.toMillis() + " ms");
    } catch (InterruptedException e) {
      response.cancel(true);
      throw Pause.interrupted(e);
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  private static IOException failure(ExecutionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String message = cause.getMessage();
    String reason =
        cause instanceof ConnectException || message == null ? "no connection" : message;
    return new IOException(reason, cause);
  }
}
