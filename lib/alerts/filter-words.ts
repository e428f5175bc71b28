import type { Acted, Said } from "#lib/alerts/acted";
import type { AlertFilter, AlertOutcome } from "#lib/alerts/filter";
import type { PausedBy } from "#lib/alerts/verdict";
import type { AlertStatus } from "#lib/alerts/vocabulary";

export const OUTCOME_NAMES: Record<AlertOutcome, string> = {
  opened: "Opened an incident",
  joined: "Joined an incident",
  suppressed: "Suppressed",
  held: "Held back",
  none: "No incident",
};

export const ACTED_NAMES: Record<Acted, string> = {
  yes: "Acted on",
  no: "Not acted on",
  waiting: "Open, nobody acted yet",
};

export const SAID_NAMES: Record<Said, string> = {
  useful: "Page was said to be useful",
  not_useful: "Page was said not to be useful",
};

export const PAUSED_BY_NAMES: Record<PausedBy, string> = {
  rules: "Rules",
  auto_pause: "Transient kind",
  flapping: "Flapping",
  maintenance: "Maintenance",
};

export const STATUS_NAMES: Record<AlertStatus, string> = { triggered: "Firing", resolved: "Over" };

/** A condition in words, and what the filter is without it. */
export type Condition = { label: string; without: Partial<AlertFilter> };

export type Named = readonly { id: string; name: string }[];

const FLAGS = [
  ["interrupted", "Interrupted somebody"],
  ["brief", "Ended by itself within 5 min"],
  ["missed", "Hidden while people acted on its kind"],
] as const;

/** The conditions of a filter in words; times are shown elsewhere, so they have none. */
export function conditionsOf(
  filter: AlertFilter,
  names: { services: Named; teams: Named; kinds: Named; integrations: Named },
): Condition[] {
  return [
    ...listed(filter, "service", (id) => `Service is ${nameOf(names.services, id)}`),
    ...listed(filter, "team", (id) => (id === "none" ? "No team" : `Team is ${nameOf(names.teams, id)}`)),
    ...listed(filter, "kind", (id) =>
      id === "none" ? "Of no kind" : `Kind is “${nameOf(names.kinds, id)}”`,
    ),
    ...listed(filter, "integration", (id) => `Integration is ${nameOf(names.integrations, id)}`),
    ...listed(filter, "severity", (word) => `Severity is ${word}`),
    ...listed(filter, "status", (word) => STATUS_NAMES[word]),
    ...listed(filter, "outcome", (word) => OUTCOME_NAMES[word]),
    ...listed(filter, "acted", (word) => ACTED_NAMES[word]),
    ...listed(filter, "said", (word) => SAID_NAMES[word]),
    ...listed(filter, "by", (word) => `Paused: ${PAUSED_BY_NAMES[word].toLowerCase()}`),
    ...FLAGS.flatMap(([key, label]) =>
      filter[key] === null
        ? []
        : [{ label: filter[key] ? label : `Not: ${label.toLowerCase()}`, without: { [key]: null } }],
    ),
    ...(filter.because === null
      ? []
      : [{ label: `Because “${filter.because}”`, without: { because: null } }]),
    ...(filter.q === null ? [] : [{ label: `Contains “${filter.q}”`, without: { q: null } }]),
  ];
}

type ListKey = {
  [K in keyof AlertFilter]: AlertFilter[K] extends readonly string[] ? K : never;
}[keyof AlertFilter];

function listed<K extends ListKey>(
  filter: AlertFilter,
  key: K,
  labelOf: (item: AlertFilter[K][number]) => string,
): Condition[] {
  const items: readonly AlertFilter[K][number][] = filter[key];
  return items.map((item) => ({
    label: labelOf(item),
    without: { [key]: items.filter((other) => other !== item) },
  }));
}

function nameOf(names: Named, id: string): string {
  return names.find((entry) => entry.id === id)?.name ?? id;
}

/** What a list of alerts holds, in a sentence. */
export function explorerSentence({
  alerts,
  events,
  interruptions,
}: {
  alerts: number;
  events: number;
  interruptions: number;
}): string {
  const counted = (count: number, noun: string) =>
    `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
  return `${counted(alerts, "alert")} from ${counted(events, "event")}; their incidents made ${counted(interruptions, "interruption")}.`;
}
