import { expect, it } from "vitest";
import { adapterFor } from "#lib/events/sources/adapters";

it.each([
  ["alertmanager", "alertmanager"],
  ["grafana", "grafana"],
  ["constructor", undefined],
  ["", undefined],
])("knows the source %j", (word, source) => {
  expect(adapterFor(word)?.source).toBe(source);
});
