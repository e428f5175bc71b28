import type { IncidentFilter } from "#lib/incidents/filter";
import type { FactColumns } from "#lib/reports/fact-columns";
import type { Catalogue } from "#lib/reports/queries/catalogue";
import { codeOf, wordOf } from "#lib/reports/queries/words";
import type { Grouping } from "#lib/reports/response-filter";
import { placeOf, WORD_TRAITS } from "#lib/reports/traits";
import type { Dimension } from "#lib/reports/trends-filter";

/** A group's key and name now, and the order of groups that have one; null: what has no such group. */
export type Group = { key: string | null; name: string | null; rank: number | null };

/** The groups that incidents are in, and for each incident the place of its group among them. */
export type Grouped = { groups: Group[]; groupOf: Int32Array };

const NO_GROUP: Group = { key: null, name: null, rank: null };

/** Groups incidents by what services, teams and priorities are now, or by the labels and causes of the incidents. */
export function grouped(facts: FactColumns, by: Grouping | Dimension, catalogue: Catalogue): Grouped {
  switch (by) {
    case "service":
    case "team":
      return groupedServices(facts.service, by, catalogue);
    case "priority":
      return group(
        facts.priority,
        mapOf(catalogue.priorities, ({ name, rank }) => [rank, { key: name, name, rank }]),
      );
    case "feature": {
      const own = [...new Set(facts.feature)].map((code) => [code, wordOf(code)] as const);
      return group(
        facts.feature,
        mapOf(own, ([code, name]) => [code, { key: name, name, rank: null }]),
      );
    }
    case "cause":
      return group(
        facts.traits.map((traits) => placeOf(traits, "cause")),
        mapOf(WORD_TRAITS.cause, (name, place) => [place + 1, { key: name, name, rank: null }]),
      );
  }
}

/** Groups rows by codes of services, as they are now. */
export function groupedServices(
  codes: Int32Array,
  by: "service" | "team",
  { services, teams }: Catalogue,
): Grouped {
  const own = new Map(teams.map(({ id, name }): [string, Group] => [id, { key: id, name, rank: null }]));
  return group(
    codes,
    mapOf(services, ({ id, name, tier, teamId }) => [
      codeOf(id),
      by === "service" ? { key: id, name, rank: tier } : (own.get(teamId ?? "") ?? NO_GROUP),
    ]),
  );
}

/** The part of a filter that selects one group; "none" is what has no such group. */
export function selecting(by: Grouping | Dimension, key: string): Partial<IncidentFilter> {
  return { [by]: [key] };
}

function mapOf<T>(list: readonly T[], entry: (item: T, place: number) => [number, Group]) {
  return new Map(list.map(entry));
}

/** Several codes may be of one group. */
function group(codes: Int32Array, known: ReadonlyMap<number, Group>): Grouped {
  const groups: Group[] = [];
  const placeOfGroup = new Map<Group, number>();
  const placeOfCode = new Map<number, number>();
  const placeFor = (code: number) => {
    const own = known.get(code) ?? NO_GROUP;
    const place = placeOfGroup.get(own) ?? groups.push(own) - 1;
    placeOfGroup.set(own, place);
    placeOfCode.set(code, place);
    return place;
  };
  const groupOf = new Int32Array(codes.length);
  for (let place = 0; place < codes.length; place += 1) {
    const code = codes[place] ?? 0;
    groupOf[place] = placeOfCode.get(code) ?? placeFor(code);
  }
  return { groups, groupOf };
}
