"use client";

import { useRouter } from "next/navigation";
import { FilterBar } from "#components/ui/filter-bar";
import { ACTED, SAID } from "#lib/alerts/acted";
import { ALERT_OUTCOMES, alertsHref } from "#lib/alerts/filter";
import type { AlertFilter } from "#lib/alerts/filter";
import {
  ACTED_NAMES,
  conditionsOf,
  OUTCOME_NAMES,
  PAUSED_BY_NAMES,
  SAID_NAMES,
  STATUS_NAMES,
} from "#lib/alerts/filter-words";
import type { Named } from "#lib/alerts/filter-words";
import { PAUSED_BY } from "#lib/alerts/verdict";
import { ALERT_STATUSES, SEVERITIES } from "#lib/alerts/vocabulary";

export type AlertChoices = { services: Named; teams: Named; kinds: Named; integrations: Named };

interface AlertFilterBarProps {
  /** The page's address without its query, and what it has there beside the filter. */
  path: string;
  own: Readonly<Record<string, string | null>>;
  filter: AlertFilter;
  choices: AlertChoices;
  /** Parameters of the address that mean nothing. */
  ignored: readonly string[];
  /** Only where alerts come from, not what became of them. */
  sourcesOnly?: boolean;
}

type Kind = "service" | "team" | "severity" | "outcome" | "acted" | "said" | "by" | "status";

const FATES = [
  ["outcome", "Outcome", ALERT_OUTCOMES.map((id) => ({ id, name: OUTCOME_NAMES[id] }))],
  ["acted", "Acted on", ACTED.map((id) => ({ id, name: ACTED_NAMES[id] }))],
  ["said", "Answers", SAID.map((id) => ({ id, name: SAID_NAMES[id] }))],
  ["by", "Paused by", PAUSED_BY.map((id) => ({ id, name: PAUSED_BY_NAMES[id] }))],
  ["status", "State", ALERT_STATUSES.map((id) => ({ id, name: STATUS_NAMES[id] }))],
] as const satisfies readonly (readonly [Kind, string, Named])[];

/** Filters live in the address: choosing one goes to the page with it, and every condition can be taken off again. */
export function AlertFilterBar({
  path,
  own,
  filter,
  choices,
  ignored,
  sourcesOnly = false,
}: AlertFilterBarProps) {
  const router = useRouter();
  const hrefOf = (change: Partial<AlertFilter>) => alertsHref({ ...filter, ...change }, own, path);
  const add = (key: Kind, id: string) => {
    const items: readonly string[] = filter[key];
    router.replace(hrefOf({ [key]: [...new Set([...items, id])] }), { scroll: false });
  };
  const sources = [
    ["service", "Service", choices.services],
    ["team", "Team", choices.teams],
    ["severity", "Severity", SEVERITIES.map((id) => ({ id, name: id }))],
  ] as const;
  return (
    <FilterBar
      {...(sourcesOnly
        ? {}
        : {
            search: {
              label: "Search alerts",
              placeholder: "Words of the alert",
              words: filter.q,
              onSearch: (q) => router.replace(hrefOf({ q }), { scroll: false }),
            },
          })}
      choices={[...sources, ...(sourcesOnly ? [] : FATES)].map(([key, label, options]) => ({
        label,
        options,
        onChoose: (id) => add(key, id),
      }))}
      conditions={conditionsOf(filter, choices).map(({ label, without }) => ({
        label,
        removeHref: hrefOf(without),
      }))}
      ignored={ignored}
    />
  );
}
