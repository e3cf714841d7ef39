import { expect, test } from "vitest";
import { checkSubscriberUrl } from "./url-guard.ts";

test.each([
  ["http://127.0.0.1:8080/in/a?b=c", true],
  ["http://127.9.9.9/", true],
  ["http://0x7f.1/", true],
  ["http://localhost:1/", true],
  ["https://[::1]/x", true],
  ["http://named.example/x", true],
  ["http://example.org/", false],
  ["http://169.254.169.254/latest", false],
  ["http://10.0.0.1/", false],
  ["http://0.0.0.0/", false],
  ["http://[::ffff:10.0.0.1]/", false],
  ["http://127.0.0.1.example.org/", false],
  ["http://localhost.example.org/", false],
  ["http://user:pass@127.0.0.1/", false],
  ["http://example.org@127.0.0.1/", false],
  ["file:///etc/passwd", false],
  ["javascript:alert(1)", false],
  ["127.0.0.1:80", false],
  ["", false],
])("%s: %s", (url, wanted) => {
  expect(checkSubscriberUrl(url, ["named.example"]).ok).toBe(wanted);
});
