import { expect, it } from "vitest";
import { rankEntries } from "#components/layout/palette-ranking";

const entries = [
  { title: "Declare incident", keywords: ["outage", "raise", "report a problem"] },
  { title: "Incidents", keywords: ["triage"] },
  { title: "Schedules", keywords: ["rota", "roster"] },
  { title: "API keys", keywords: ["token"] },
];
const titles = (query: string) => rankEntries(entries, query).map((entry) => entry.title);

it("keeps everything in order while nothing is typed", () => {
  expect(titles("")).toEqual(entries.map((entry) => entry.title));
});
it("puts a title that begins with the query before one that contains it", () => {
  expect(titles("inc")).toEqual(["Incidents", "Declare incident"]);
});
it("finds by the words other tools use", () => {
  expect(titles("outage")).toEqual(["Declare incident"]);
  expect(titles("rota")).toEqual(["Schedules"]);
});
it("matches several word beginnings in any order", () => {
  expect(titles("keys ap")).toEqual(["API keys"]);
});
it("finds nothing for nonsense", () => {
  expect(titles("zzz")).toEqual([]);
});
