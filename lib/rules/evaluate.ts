import type { IncidentTerms } from "#lib/alerts/verdict";
import type { NormalisedEvent } from "#lib/events/event";
import type { TraceStep } from "#lib/events/trace";
import { applyActions } from "#lib/rules/apply-actions";
import type { Rule, RuleActions, RuleSetRef, Threshold } from "#lib/rules/rule";

/** What a condition said about an event. `warning`: types didn't fit, so it is taken not to match. */
export type Match = { matches: boolean; warning: string | null };

/** A path's value of an event as text, and what a pattern finds there. */
export type Reading = {
  text(path: string): string | null;
  extract(path: string, pattern: string): string | null;
};

/** What cache variables hold, by name; null: nothing that still counts. */
export type CacheValues = Readonly<Record<string, string | number | boolean | null>>;

/** An event under judgement: each rule sees what those before it did. */
export type Subject = {
  /** The part of its message that a source's event was read from; null where none was kept. */
  raw: unknown;
  /** The instant it is judged at. */
  at: Date;
  event: NormalisedEvent;
  dedupKey: string;
  variables: Readonly<Record<string, string>>;
  cache: CacheValues;
  serviceId: string | null;
  drop: string | null;
  suppress: string | null;
  pause: { seconds: number; because: string } | null;
  terms: IncidentTerms;
  tags: readonly string[];
  trace: readonly TraceStep[];
  hits: readonly Hit[];
  calls: readonly Call[];
};

/** A webhook that a rule calls about an event, as it was when the rule was done with it. */
export type Call = {
  webhookId: string;
  rule: { setId: string; version: number; ruleId: string; label: string };
  subject: Subject;
};

/** A rule that matched; `shadow`: it only would have. */
export type Hit = { setId: string; ruleId: string; shadow: boolean };

/** A rule set ready to judge. */
export type JudgingSet = {
  ref: RuleSetRef;
  sections: readonly { id: string; name: string; rules: readonly JudgingRule[] }[];
  catchAll: RuleActions;
};
export type JudgingRule = { rule: Rule; test: (subject: Subject) => Match };

/** What rules may ask while they judge. */
export type Surroundings = {
  /** Counts an event for a rule's threshold and answers whether it exceeds it. */
  exceeds(ruleId: string, threshold: Threshold): boolean;
  reading(subject: Subject): Reading;
  /** Lets the cache variables of all events (null), or of a service, see an event; answers what they hold then, null if there are none. */
  observe(serviceId: string | null, subject: Subject): CacheValues | null;
  /** The id of the live service with an id or a name; null: there is none. */
  findService(by: "id" | "name", value: string): string | null;
};

export const CATCH_ALL = "catch-all";

/**
 * Judges an event by one rule set. In each section the first rule that matches wins; it may hand on to a later section, and what
 * rules do adds up, later over earlier. Where none of a section matches, the catch-all is done. Rules in shadow are counted and
 * passed by.
 */
export function judgeBySet(subject: Subject, set: JudgingSet, around: Surroundings): Subject {
  let current = subject;
  let section = set.sections[0];
  // A rule hands on to later sections only, so this ends.
  for (let rounds = set.sections.length; section && rounds > 0; rounds -= 1) {
    const { winner, seen } = firstMatch(current, set, section.rules, around);
    current = seen;
    if (winner === null) return applyCatchAll(current, set, around);
    current = applyActions(
      current,
      winner.actions,
      { set: set.ref, ruleId: winner.id, label: winner.label },
      around,
    );
    if (winner.goTo === null) return current;
    section = set.sections.find(({ id }) => id === winner.goTo);
  }
  return current;
}

function firstMatch(
  subject: Subject,
  set: JudgingSet,
  rules: readonly JudgingRule[],
  around: Surroundings,
): { winner: Rule | null; seen: Subject } {
  let seen = subject;
  for (const { rule, test } of rules) {
    if (rule.disabled) continue;
    const { matches, warning } = test(seen);
    if (warning !== null)
      seen = traced(seen, set.ref, rule, "warning", `${rule.label}: ${warning}; it is taken not to match`);
    if (!matches) continue;
    if (rule.threshold !== null && !around.exceeds(rule.id, rule.threshold)) {
      seen = traced(
        seen,
        set.ref,
        rule,
        "counted",
        `${rule.label} matches from more than ${thresholdWords(rule.threshold)} on`,
      );
      continue;
    }
    seen = { ...seen, hits: [...seen.hits, { setId: set.ref.id, ruleId: rule.id, shadow: rule.shadow }] };
    if (!rule.shadow) return { winner: rule, seen };
    seen = traced(seen, set.ref, rule, "shadow", `${rule.label} would match; it is only watched`);
  }
  return { winner: null, seen };
}

function applyCatchAll(subject: Subject, set: JudgingSet, around: Surroundings): Subject {
  const done = applyActions(
    subject,
    set.catchAll,
    { set: set.ref, ruleId: CATCH_ALL, label: "the catch-all" },
    around,
  );
  return done === subject
    ? subject
    : { ...done, hits: [...done.hits, { setId: set.ref.id, ruleId: CATCH_ALL, shadow: false }] };
}

function traced(subject: Subject, ref: RuleSetRef, rule: Rule, outcome: string, because: string): Subject {
  const step = {
    step: "rules",
    outcome,
    because,
    rule: { setId: ref.id, version: ref.version, ruleId: rule.id },
  };
  return { ...subject, trace: [...subject.trace, step] };
}

/** "5 in 10 min". */
export function thresholdWords({ moreThan, withinSeconds }: Threshold): string {
  const time = withinSeconds % 60 === 0 ? `${withinSeconds / 60} min` : `${withinSeconds} s`;
  return `${moreThan} in ${time}`;
}
