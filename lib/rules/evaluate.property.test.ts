import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { NormalisedEvent } from "#lib/events/event";
import { judgeBySet } from "#lib/rules/evaluate";
import type { Hit, JudgingSet, Subject, Surroundings } from "#lib/rules/evaluate";
import { judgeByRules } from "#lib/rules/judge";
import { NO_ACTIONS } from "#lib/rules/rule";
import type { Rule, RuleActions } from "#lib/rules/rule";
import { ruleOf } from "#lib/testing/rules";
import { NO_TERMS } from "#lib/alerts/verdict";

const EVENT: NormalisedEvent = {
  action: "trigger",
  dedupKey: "k",
  summary: "Disk full",
  source: "db-7",
  severity: "warning",
  timestamp: null,
  component: null,
  group: null,
  class: null,
  customDetails: {},
  links: [],
  images: [],
  client: null,
  clientUrl: null,
  warnings: [],
};
const SUBJECT: Subject = {
  raw: null,
  at: new Date(0),
  event: EVENT,
  dedupKey: "k",
  variables: {},
  cache: {},
  calls: [],
  serviceId: null,
  drop: null,
  suppress: null,
  pause: null,
  terms: NO_TERMS,
  tags: [],
  trace: [],
  hits: [],
};

/** What matches is drawn, not computed: the walk is what is tried. */
type Drawn = {
  id: string;
  matches: boolean;
  disabled: boolean;
  shadow: boolean;
  over: boolean | null;
  goTo: number | null;
  actions: Partial<RuleActions>;
};

const actions: fc.Arbitrary<Partial<RuleActions>> = fc.record(
  {
    suppress: fc.constant(true),
    pauseSeconds: fc.constantFrom(60, 300),
    severity: fc.constantFrom("critical" as const, "info" as const),
    urgency: fc.constantFrom("high" as const, "low" as const),
    tags: fc.subarray(["a", "b", "c"]),
    note: fc.constantFrom("one", "two"),
  },
  { requiredKeys: [] },
);

const drawnSections: fc.Arbitrary<Drawn[][]> = fc
  .array(
    fc.array(
      fc.record({
        matches: fc.boolean(),
        disabled: fc.boolean(),
        shadow: fc.boolean(),
        over: fc.constantFrom(null, true, false),
        jump: fc.constantFrom(null, 1, 2),
        actions,
      }),
      { maxLength: 4 },
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((sections) =>
    sections.map((rules, at) =>
      rules.map(({ jump, ...rule }, index) => ({
        ...rule,
        id: `r${at}-${index}`,
        goTo: jump === null || at + jump >= sections.length ? null : at + jump,
      })),
    ),
  );

function ready(
  sections: Drawn[][],
  catchAll: Partial<RuleActions>,
): { set: JudgingSet; around: Surroundings } {
  const over = new Map(sections.flat().map(({ id, over: exceeds }) => [id, exceeds ?? true]));
  return {
    set: {
      ref: { id: "S", kind: "service", name: "Rules", version: 3 },
      catchAll: { ...NO_ACTIONS, ...catchAll },
      sections: sections.map((rules, at) => ({
        id: String(at),
        name: `Section ${at}`,
        rules: rules.map((drawn) => {
          const threshold = drawn.over === null ? null : { moreThan: 1, withinSeconds: 60 };
          const goTo = drawn.goTo === null ? null : String(drawn.goTo);
          const { disabled, shadow } = drawn;
          const rule: Rule = ruleOf(drawn.id, null, drawn.actions, { disabled, shadow, threshold, goTo });
          return { rule, test: () => ({ matches: drawn.matches, warning: null }) };
        }),
      })),
    },
    around: {
      exceeds: (ruleId) => over.get(ruleId) ?? true,
      reading: () => ({ text: () => null, extract: () => null }),
      findService: () => null,
      observe: () => null,
    },
  };
}

/** The same in the plainest way: which rules win, one after the other. */
function oracle(sections: Drawn[][], at = 0): { winners: Drawn[]; shadows: string[]; caught: boolean } {
  const able = (sections[at] ?? []).filter(
    ({ matches, disabled, over }) => matches && !disabled && over !== false,
  );
  const first = able.findIndex(({ shadow }) => !shadow);
  const shadows = (first < 0 ? able : able.slice(0, first)).map(({ id }) => id);
  const winner = first < 0 ? undefined : able[first];
  if (!winner) return { winners: [], shadows, caught: true };
  if (winner.goTo === null) return { winners: [winner], shadows, caught: false };
  const rest = oracle(sections, winner.goTo);
  return { winners: [winner, ...rest.winners], shadows: [...shadows, ...rest.shadows], caught: rest.caught };
}

describe("judging by a set", () => {
  test("takes the first match of each section, and adds up what they do", () => {
    fc.assert(
      fc.property(drawnSections, actions, (drawn, catchAll) => {
        const { set, around } = ready(drawn, catchAll);
        const judged = judgeBySet(SUBJECT, set, around);
        const expected = oracle(drawn);
        const done = [
          ...expected.winners.map((rule) => rule.actions),
          ...(expected.caught ? [catchAll] : []),
        ];
        const last = <Key extends keyof RuleActions>(key: Key) =>
          done.findLast((one) => one[key] !== undefined)?.[key];

        const isWinner = ({ ruleId, shadow }: Hit) => !shadow && ruleId !== "catch-all";
        expect(judged.hits.filter(isWinner).map(({ ruleId }) => ruleId)).toEqual(
          expected.winners.map(({ id }) => id),
        );
        expect(judged.hits.filter(({ shadow }) => shadow).map(({ ruleId }) => ruleId)).toEqual(
          expected.shadows,
        );
        expect(judged.suppress !== null).toBe(done.some(({ suppress }) => suppress));
        expect(judged.pause?.seconds).toBe(last("pauseSeconds"));
        expect(judged.event.severity).toBe(last("severity") ?? "warning");
        expect(judged.terms.urgency).toBe(last("urgency") ?? null);
        expect(judged.terms.notes).toEqual(done.flatMap(({ note }) => note ?? []));
        expect(new Set(judged.tags)).toEqual(new Set(done.flatMap(({ tags }) => tags ?? [])));
      }),
    );
  });

  test("leaves the event alone where every rule is off or only watched", () => {
    fc.assert(
      fc.property(drawnSections, (drawn) => {
        const quiet = drawn.map((rules) =>
          rules.map((rule, index) => ({ ...rule, disabled: index % 2 === 0, shadow: true })),
        );
        const { set, around } = ready(quiet, {});
        const { verdict } = judgeByRules(
          { raw: null, at: SUBJECT.at, event: EVENT, dedupKey: "k", ownServiceId: "OWN", isRouted: false },
          { global: null, router: null, unrouted: null, ofService: () => set, ofServices: [set] },
          around,
        );
        expect({ ...verdict, trace: [] }).toEqual({
          event: EVENT,
          dedupKey: "k",
          serviceId: null,
          drop: null,
          suppress: null,
          pause: null,
          terms: NO_TERMS,
          tags: [],
          trace: [],
        });
      }),
    );
  });
});
