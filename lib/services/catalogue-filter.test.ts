import { describe, expect, it } from "vitest";
import { catalogueHref, filterCatalogue, parseCatalogueFilter } from "#lib/services/catalogue-filter";
import type { FilteredService } from "#lib/services/catalogue-filter";

const search: FilteredService = {
  name: "Search API",
  description: "Finds odds and players",
  tier: 1,
  health: "critical",
  team: { name: "Discovery", slug: "discovery" },
  policy: { name: "Search, day and night" },
  onCall: [{ people: [{ name: "José Ramírez" }] }],
};
const orphan: FilteredService = {
  name: "Old mailer",
  description: null,
  tier: 4,
  health: "active",
  team: null,
  policy: { name: "Catch-all" },
  onCall: [],
};

const namesFor = (address: string) =>
  filterCatalogue([search, orphan], parseCatalogueFilter(new URLSearchParams(address))).map(
    ({ name }) => name,
  );

describe("filterCatalogue", () => {
  it.each([
    ["", ["Search API", "Old mailer"]],
    ["q=jose", ["Search API"]],
    ["q=odds%20disc", ["Search API"]],
    ["q=earch", []],
    ["team=none", ["Old mailer"]],
    ["team=discovery&tier=1&health=critical", ["Search API"]],
    ["team=discovery&tier=2", []],
    ["tier=9&health=purple", ["Search API", "Old mailer"]],
  ])("%s", (address, names) => {
    expect(namesFor(address)).toEqual(names);
  });
});

describe("catalogueHref", () => {
  it.each(["/services", "/services?q=a+b&team=none&tier=2&health=disabled"])("gives back %s", (href) => {
    const parameters = new URLSearchParams(href.split("?")[1] ?? "");
    expect(catalogueHref(parseCatalogueFilter(parameters))).toBe(href);
  });
});
