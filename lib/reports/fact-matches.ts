import type { IncidentFilter } from "#lib/incidents/filter";
import type { FactColumns } from "#lib/reports/fact-columns";
import { bitOf, bitsOfWord, maskOf } from "#lib/reports/traits";
import type { WordTrait, YesTrait } from "#lib/reports/traits";

/** What the ids and names of a filter stand for now. */
export type FilterNames = {
  /** The code of a word; -1 for one that no fact has. */
  codeOf: (word: string | null) => number;
  /** The codes of the services that a team owns; null: those of nobody. */
  servicesOf: (teamId: string | null) => readonly number[];
  /** The rank of a priority by its name; null if there is none. */
  rankOf: (name: string) => number | null;
};

type Test = (facts: FactColumns, place: number) => boolean;

/** Whether facts alone say which incidents a filter selects. What people, titles, changes, corrections and promises say is asked elsewhere. */
export function isAnsweredByFacts(filter: IncidentFilter): boolean {
  const { q, assignee, afterChange, corrected, level } = filter;
  return q === null && assignee.length === 0 && afterChange === null && corrected === null && level === null;
}

/** The filter's test of a row, the same as that of `incidentConditions` for a filter that facts alone answer. Its range is in instants. */
export function matcherOf(filter: IncidentFilter, names: FilterNames): Test {
  const tests = [
    ...wordTests(filter),
    ...labelTests(filter, names),
    ...rangeTests(filter),
    ...clockTests(filter),
    yesTest(filter),
  ];
  return (facts, place) => tests.every((test) => test(facts, place));
}

function wordTests(filter: IncidentFilter): Test[] {
  const chosen: [WordTrait, readonly string[]][] = [
    ["status", filter.status],
    ["urgency", filter.urgency],
    ["origin", filter.origin],
    ["detection", filter.detection],
    ["cause", filter.cause],
  ];
  return chosen
    .filter(([, words]) => words.length > 0)
    .map(([trait, words]) => {
      const mask = maskOf(trait);
      const wanted = new Set(words.map((word) => bitsOfWord(trait, word === "none" ? null : word)));
      return ({ traits }, place) => wanted.has((traits[place] ?? 0) & mask);
    });
}

function labelTests(filter: IncidentFilter, { codeOf, servicesOf, rankOf }: FilterNames): Test[] {
  const orNone = (word: string) => (word === "none" ? null : word);
  const chosen: ["service" | "feature" | "priority", readonly string[], readonly number[]][] = [
    ["service", filter.service, filter.service.map(codeOf)],
    ["feature", filter.feature, filter.feature.map((label) => codeOf(orNone(label)))],
    ["service", filter.team, filter.team.flatMap((id) => servicesOf(orNone(id)))],
    [
      "priority",
      filter.priority,
      filter.priority.flatMap((name) => (name === "none" ? -1 : (rankOf(name) ?? []))),
    ],
  ];
  return chosen
    .filter(([, words]) => words.length > 0)
    .map(([column, , codes]) => {
      const wanted = new Set(codes);
      return (facts, place) => wanted.has(facts[column][place] ?? -1);
    });
}

function rangeTests({ from, to }: IncidentFilter): Test[] {
  const start = from === null ? Number.NEGATIVE_INFINITY : Date.parse(from);
  const end = to === null ? Number.POSITIVE_INFINITY : Date.parse(to);
  return [
    ({ created }, place) => {
      const at = created[place] ?? 0;
      return at >= start && at < end;
    },
  ];
}

function clockTests({ clock, without }: IncidentFilter): Test[] {
  return [
    clock === null ? [] : [(facts: FactColumns, place: number) => !Number.isNaN(facts[clock][place])],
    without === null ? [] : [(facts: FactColumns, place: number) => Number.isNaN(facts[without][place])],
  ].flat();
}

const YES: readonly YesTrait[] = [
  "acknowledged",
  "major",
  "merged",
  "auto",
  "escalated",
  "impact",
  "gameDay",
  "outage",
];

/** All that are so or not at once: the bits that are asked for have to be as they are asked for. */
function yesTest(filter: IncidentFilter): Test {
  const asked = YES.filter((trait) => filter[trait as keyof IncidentFilter] !== null);
  const mask = asked.reduce((bits, trait) => bits | bitOf(trait), 0);
  const wanted = asked.reduce(
    (bits, trait) => (filter[trait as keyof IncidentFilter] === true ? bits | bitOf(trait) : bits),
    0,
  );
  const [status, resolved] = [maskOf("status"), bitsOfWord("status", "resolved")];
  return ({ traits }, place) => {
    const bits = traits[place] ?? 0;
    const isResolved = (bits & status) === resolved;
    return (bits & mask) === wanted && (filter.resolved === null || filter.resolved === isResolved);
  };
}
