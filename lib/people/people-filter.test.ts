import { expect, it } from "vitest";
import { filterPeople, parsePeopleFilter, peopleHref } from "#lib/people/people-filter";
import type { FilteredPerson } from "#lib/people/people-filter";

const person = (name: string, rest: Partial<FilteredPerson> = {}): FilteredPerson => ({
  name,
  email: `${name.toLowerCase()}@example.com`,
  jobTitle: null,
  role: "responder",
  readiness: { state: "ready" },
  duties: [],
  teams: [],
  ...rest,
});

const people = [
  person("Ann", { duties: [{}], teams: [{ name: "Payments" }] }),
  person("Ben", { role: "admin", readiness: { state: "unreachable" } }),
];

it.each([
  ["", ["Ann", "Ben"]],
  ["q=payments", ["Ann"]],
  ["q=ben%40ex", ["Ben"]],
  ["oncall=yes", ["Ann"]],
  ["role=admin&readiness=unreachable", ["Ben"]],
  ["role=king", ["Ann", "Ben"]],
])("%s", (address, names) => {
  const filter = parsePeopleFilter(new URLSearchParams(address));
  expect(filterPeople(people, filter).map(({ name }) => name)).toEqual(names);
});

it("gives its address back", () => {
  const href = "/people?q=a+b&role=admin&readiness=partly&oncall=yes";
  expect(peopleHref(parsePeopleFilter(new URLSearchParams(href.split("?")[1])))).toBe(href);
});
