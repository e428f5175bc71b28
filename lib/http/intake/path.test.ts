import { expect, it } from "vitest";
import { intakeTarget } from "#lib/http/intake/path";

it.each([
  ["/v2//enqueue/", { kind: "enqueue" }],
  ["/v2/change/enqueue?x=1", { kind: "change" }],
  ["//integrations/grafana/k/?a=b", { kind: "source", source: "grafana", key: "k", query: "a=b" }],
  ["/integrations", { kind: "nothing" }],
  ["/integrations/grafana/", { kind: "nothing" }],
  ["/integrations/grafana?key=k", { kind: "nothing" }],
  ["/integrations/grafana/k/more", { kind: "nothing" }],
  ["/integrations/GRAFANA/k", { kind: "nothing" }],
  ["/integrationsx", null],
  ["/", null],
])("%s is %j", (path, target) => {
  expect(intakeTarget(path)).toEqual(target);
});
