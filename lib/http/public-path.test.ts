import { expect, it } from "vitest";
import { publicPath } from "#lib/http/public-path";

it.each([
  ["/api/v2/users", "/api/v2/users"],
  ["/api/v2//users", "/api/v2/users"],
  ["//api//v2/users/", "/api/v2/users"],
  ["/api/v2/incidents/Q1/alerts/?limit=1&url=http://x/", "/api/v2/incidents/Q1/alerts?limit=1&url=http://x/"],
  ["/api/v2/", "/api/v2"],
  ["/api/v20//x/", "/api/v20//x/"],
  ["/services//x/", "/services//x/"],
  ["/", "/"],
])("%s is %s", (target, path) => {
  expect(publicPath(target)).toBe(path);
});
