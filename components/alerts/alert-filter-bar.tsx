"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Callout } from "#components/ui/callout";
import { FilterChip } from "#components/ui/chip";
import { FilterChoice } from "#components/ui/filter-choice";
import { Input } from "#components/ui/input";
import { ACTED, ALERT_OUTCOMES, alertsHref } from "#lib/alerts/filter";
import type { AlertFilter } from "#lib/alerts/filter";
import {
  ACTED_NAMES,
  conditionsOf,
  OUTCOME_NAMES,
  PAUSED_BY_NAMES,
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

type Kind = "service" | "team" | "severity" | "outcome" | "acted" | "by" | "status";

const FATES = [
  ["outcome", "Outcome", ALERT_OUTCOMES.map((id) => ({ id, name: OUTCOME_NAMES[id] }))],
  ["acted", "Acted on", ACTED.map((id) => ({ id, name: ACTED_NAMES[id] }))],
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
    <div data-screen className="flex flex-col gap-2">
      <search className="flex flex-wrap gap-2">
        {sourcesOnly ? null : (
          <WordsForm words={filter.q} onSearch={(q) => router.replace(hrefOf({ q }), { scroll: false })} />
        )}
        <div className="flex max-w-full gap-2 max-md:overflow-x-auto">
          {[...sources, ...(sourcesOnly ? [] : FATES)].map(([key, label, options]) => (
            <FilterChoice key={key} label={label} options={options} onChoose={(id) => add(key, id)} />
          ))}
        </div>
      </search>
      <Chips conditions={conditionsOf(filter, choices)} hrefOf={hrefOf} />
      {ignored.length > 0 ? (
        <Callout tone="warning" title={`Left out, since it means nothing here: ${ignored.join(", ")}`} />
      ) : null}
    </div>
  );
}

function Chips({
  conditions,
  hrefOf,
}: {
  conditions: ReturnType<typeof conditionsOf>;
  hrefOf: (change: Partial<AlertFilter>) => string;
}) {
  if (conditions.length === 0) return null;
  return (
    <div className="flex flex-wrap gap-1.5">
      {conditions.map(({ label, without }) => (
        <FilterChip key={label} label={label} removeHref={hrefOf(without)} />
      ))}
    </div>
  );
}

function WordsForm({ words, onSearch }: { words: string | null; onSearch: (words: string | null) => void }) {
  const [typed, setTyped] = useState(words ?? "");
  return (
    <form
      className="relative min-w-48 flex-1 max-md:basis-full sm:max-w-72"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(typed.trim() === "" ? null : typed.trim());
      }}
    >
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-text-3"
      />
      <Input
        type="search"
        name="q"
        aria-label="Search alerts"
        placeholder="Words of the alert"
        data-page-search
        className="pl-8"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </form>
  );
}
