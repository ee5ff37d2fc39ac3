// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.hub;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the fake Hub sends, as faulty as a test wants it. */
final class Reply {
  private final int status;
  private final byte[] body;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private int cut = Integer.MAX_VALUE;
  private long pauseMillis;

  private Reply(int status, byte[] body) {
    this.status = status;
    this.body = body;
    headers.put("Content-Length", Integer.toString(body.length));
  }

  static Reply of(int status, byte[] body) {
    return new Reply(status, body);
  }

  static Reply status(int status) {
    return new Reply(status, new byte[0]);
  }

  static Reply redirect(String location) {
    return status(302).header("Location", location);
  }

  static Reply error(int status, String code) {
    return status(status).header("X-Error-Code", code);
  }

  /** Sets a header; an empty value removes it. */
  Reply header(String name, String value) {
    if (value.isEmpty()) {
      headers.remove(name);
    } else {
      headers.put(name, value);
    }
    return this;
  }

  /** Closes the connection after so many bytes of the body. */
  Reply cutAfter(int bytes) {
    cut = bytes;
    return this;
  }

  /** Sends a byte, waits, sends the next. */
  Reply slow(long millisPerByte) {
    pauseMillis = millisPerByte;
    return this;
  }

  /** The end of the body, as a ranged request asks for it. */
  Reply from(int first) {
    return of(206, Arrays.copyOfRange(body, first, body.length))
        .header("Content-Range", "bytes " + first + "-" + (body.length - 1) + "/" + body.length);
  }

  void write(OutputStream out, boolean withBody) throws IOException, InterruptedException {
    var head = new StringBuilder("HTTP/1.1 " + status + " x\r\nConnection: close\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    out.write((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    if (!withBody) {
      return;
    }
    if (pauseMillis == 0) {
      out.write(body, 0, Math.min(cut, body.length));
      return;
    }
    for (byte b : body) {
      out.write(b);
      out.flush();
      Thread.sleep(pauseMillis);
    }
  }
}
