import type { Severity } from "#lib/alerts/vocabulary";
import type { EventAction } from "#lib/events/event";
import type { Urgency } from "#lib/incidents/vocabulary";

/** Where a rule set stands in the way of an event: every routed event, its router, what no route took, and each service's own. */
export const RULE_SET_KINDS = ["global", "router", "unrouted", "service"] as const;
export type RuleSetKind = (typeof RULE_SET_KINDS)[number];

export const COMPARISONS = [
  "is",
  "is not",
  "contains",
  "does not contain",
  "starts with",
  "matches",
  "is more than",
  "is less than",
  "is present",
  "is missing",
] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** One line of a condition that is put together by hand. `path`: from a root, as `event.custom_details.env`. */
export type Comparing = { path: string; is: Comparison; value: string };

/**
 * When a rule matches. Without comparisons or expressions: always. `listed`: any of several, each in CEL or in PagerDuty's language, as
 * the public API brought them.
 */
export type RuleCondition =
  | { kind: "simple"; match: "all" | "any"; comparisons: readonly Comparing[] }
  | { kind: "cel"; expression: string }
  | { kind: "listed"; expressions: readonly string[] };

/** Fields of an event that a rule can write. */
export const WRITABLE_FIELDS = [
  "dedup_key",
  "summary",
  "source",
  "component",
  "group",
  "class",
  "custom_details",
] as const;
export type WritableField = (typeof WRITABLE_FIELDS)[number];

/** Writes a field from a template, or from what a pattern finds at a path. `key`: which of the custom details. */
export type FieldWrite = {
  field: WritableField;
  key: string | null;
  from: { kind: "template"; template: string } | { kind: "pattern"; path: string; pattern: string };
};

/** A value for the templates and conditions that follow: what a pattern finds at a path. */
export type Variable = { name: string; path: string; pattern: string };

/** Finds the service by its id or name, as a pattern finds it at a path. */
export type DynamicRoute = { lookUpBy: "id" | "name"; path: string; pattern: string };

/** What a rule does. Null and empty leave things as they are. */
export type RuleActions = {
  routeTo: string | null;
  dynamicRoute: DynamicRoute | null;
  suppress: boolean;
  pauseSeconds: number | null;
  drop: boolean;
  severity: Severity | null;
  action: Exclude<EventAction, "acknowledge"> | null;
  urgency: Urgency | null;
  priorityId: string | null;
  policyId: string | null;
  /** A template. */
  note: string | null;
  tags: readonly string[];
  variables: readonly Variable[];
  writes: readonly FieldWrite[];
  /** Ids of the webhooks that it calls. */
  webhooks: readonly string[];
};

/** Matches only from the event on that exceeds this many within the time, itself counted. */
export type Threshold = { moreThan: number; withinSeconds: number };

export type Rule = {
  id: string;
  label: string;
  /** Why it is there; for people. */
  reason: string;
  disabled: boolean;
  /** Judged and counted, not applied. */
  shadow: boolean;
  when: RuleCondition;
  threshold: Threshold | null;
  actions: RuleActions;
  /** The section that goes on judging; null: this set is done. */
  goTo: string | null;
};

/** An ordered list of rules: the first that matches wins. */
export type Section = { id: string; name: string; rules: readonly Rule[] };

/** All sections of a rule set; the first begins. `catchAll` is done where no rule of a section matches. */
export type RulePath = { sections: readonly Section[]; catchAll: RuleActions };

/** Names a rule set and the version of it that decided. */
export type RuleSetRef = { id: string; kind: RuleSetKind; name: string; version: number };

export const NO_ACTIONS: RuleActions = {
  routeTo: null,
  dynamicRoute: null,
  suppress: false,
  pauseSeconds: null,
  drop: false,
  severity: null,
  action: null,
  urgency: null,
  priorityId: null,
  policyId: null,
  note: null,
  tags: [],
  variables: [],
  writes: [],
  webhooks: [],
};

export const EMPTY_PATH: RulePath = {
  sections: [{ id: "start", name: "Start", rules: [] }],
  catchAll: NO_ACTIONS,
};

/** A path of which is left out what leaves things as they are, as it is stored and sent. */
export type CompactPath = {
  sections: readonly (Omit<Section, "rules"> & {
    rules: readonly (Omit<Rule, "actions"> & { actions: Partial<RuleActions> })[];
  })[];
  catchAll: Partial<RuleActions>;
};

/** A path that may have been stored by a release that knew less that rules do, or been made compact. */
export function completePath(path: CompactPath): RulePath {
  return withActions(path, (actions) => ({ ...NO_ACTIONS, ...actions }));
}

/** The path without what leaves things as they are: a set may have a thousand rules. */
export function compactPath(path: RulePath): CompactPath {
  const defaults = new Map(Object.entries(NO_ACTIONS).map(([key, value]) => [key, JSON.stringify(value)]));
  return withActions(path, (actions) =>
    Object.fromEntries(
      Object.entries(actions).filter(([key, value]) => JSON.stringify(value) !== defaults.get(key)),
    ),
  );
}

function withActions<A>(path: CompactPath, change: (actions: Partial<RuleActions>) => A) {
  return {
    sections: path.sections.map((section) => ({
      ...section,
      rules: section.rules.map((rule) => ({ ...rule, actions: change(rule.actions) })),
    })),
    catchAll: change(path.catchAll),
  };
}

/** Everything the rules of a path and its catch-all do. */
export function actionsOf(path: RulePath): RuleActions[] {
  return [...path.sections.flatMap(({ rules }) => rules.map(({ actions }) => actions)), path.catchAll];
}

/** Whether a path makes deduplication keys, so that events of several keys may belong to one alert. */
export function rekeys(path: RulePath): boolean {
  return actionsOf(path).some(({ writes }) => writes.some(({ field }) => field === "dedup_key"));
}
