import { expect, test } from "vitest";
import { readRequestLine } from "#lib/http/request-target";

test.each([
  ["/v2/enqueue", "/v2/enqueue"],
  ["/incidents?q=%ff", "/incidents?q=%ff"],
  ["http://touchline.test/v2/enqueue", "/v2/enqueue"],
  ["HTTPS://touchline.test:443", "/"],
  ["http://touchline.test?x=1", "/?x=1"],
  ["//elsewhere.test/x", "//elsewhere.test/x"],
])("the target of %s is %s", (url, target) => {
  expect(readRequestLine("POST", url)).toEqual({ kind: "target", target });
});

test.each([
  ["GET", "*", 400],
  ["GET", "touchline.test:443", 400],
  ["GET", "/incidents/%ff", 400],
  ["GET", "/%", 400],
  ["TRACE", "/", 405],
  ["PROPFIND", "/", 405],
  ["POST", "/sw.js", 405],
  ["PUT", "/icon.svg?x", 405],
])("%s %s is refused with %i", (method, url, status) => {
  expect(readRequestLine(method, url)).toMatchObject({ kind: "refused", status });
});

test("files are read", () => {
  expect(readRequestLine("HEAD", "/sw.js")).toEqual({ kind: "target", target: "/sw.js" });
});
