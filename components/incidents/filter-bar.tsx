"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Callout } from "#components/ui/callout";
import { FilterChip } from "#components/ui/chip";
import { FilterChoice } from "#components/ui/filter-choice";
import { Input } from "#components/ui/input";
import { EVERY_INCIDENT, incidentsHref } from "#lib/incidents/filter";
import type { IncidentFilter } from "#lib/incidents/filter";
import type { FilterChoicesDto } from "#lib/incidents/schemas";

interface FilterBarProps {
  filter: IncidentFilter;
  choices: FilterChoicesDto;
  /** Parameters of the address that mean nothing. */
  ignored: readonly string[];
}

/** Filters live in the address: choosing one goes to the list with it, and every condition can be taken off again. */
export function FilterBar({ filter, choices, ignored }: FilterBarProps) {
  const router = useRouter();
  const [words, setWords] = useState(filter.q ?? "");
  const go = (change: Partial<IncidentFilter>) => router.replace(incidentsHref({ ...filter, ...change }));
  const chips = conditions(filter, choices);
  return (
    <div className="flex flex-col gap-2">
      <search>
        <form
          className="flex flex-wrap gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            go({ q: words.trim() === "" ? null : words.trim() });
          }}
        >
          <span className="relative min-w-48 flex-1 max-md:basis-full sm:max-w-72">
            <Search
              aria-hidden
              className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-text-3"
            />
            <Input
              type="search"
              name="q"
              aria-label="Search incidents"
              placeholder="Title or number"
              data-page-search
              className="pl-8"
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          </span>
          <div className="flex max-w-full gap-2 max-md:overflow-x-auto">
            <FilterChoice
              label="Service"
              options={choices.services}
              onChoose={(id) => go({ service: [...filter.service, id] })}
            />
            <FilterChoice
              label="Team"
              options={choices.teams}
              onChoose={(id) => go({ team: [...filter.team, id] })}
            />
            <FilterChoice
              label="Priority"
              options={choices.priorities.map(({ name }) => ({ id: name, name }))}
              onChoose={(name) => go({ priority: [...filter.priority, name] })}
            />
            <FilterChoice
              label="Urgency"
              options={[
                { id: "high", name: "High urgency" },
                { id: "low", name: "Low urgency" },
              ]}
              onChoose={(id) => go({ urgency: id === "high" ? ["high"] : ["low"] })}
            />
          </div>
        </form>
      </search>
      {chips.length > 0 ? (
        <div className="flex flex-wrap gap-1.5">
          {chips.map((chip) => (
            <FilterChip
              key={chip.label}
              label={chip.label}
              removeHref={incidentsHref({ ...filter, ...chip.without })}
            />
          ))}
        </div>
      ) : null}
      {ignored.length > 0 ? (
        <Callout tone="warning" title={`Left out, since it means nothing here: ${ignored.join(", ")}`} />
      ) : null}
    </div>
  );
}

type Condition = { label: string; without: Partial<IncidentFilter> };

const FLAGS = [
  ["major", "Major"],
  ["acknowledged", "Acknowledged by a person"],
  ["resolved", "Resolved"],
  ["merged", "Merged"],
  ["auto", "Resolved by a machine"],
  ["escalated", "Escalated by time-out"],
  ["impact", "Customers noticed"],
  ["gameDay", "On a game day"],
  ["afterChange", "Within 24 h after a change"],
  ["corrected", "Times corrected by people"],
] as const;

/** The conditions in force, as words, each with the filter that is left without it. The status is in the views above. */
function conditions(filter: IncidentFilter, choices: FilterChoicesDto): Condition[] {
  const name = (list: readonly { id: string; name: string }[], id: string) =>
    list.find((entry) => entry.id === id)?.name ?? id;
  const lists: Condition[] = [
    ...filter.service.map((id) => ({
      label: `Service is ${name(choices.services, id)}`,
      without: { service: filter.service.filter((other) => other !== id) },
    })),
    ...filter.team.map((id) => ({
      label: `Team is ${name(choices.teams, id)}`,
      without: { team: filter.team.filter((other) => other !== id) },
    })),
    ...filter.priority.map((id) => ({
      label: `Priority is ${id}`,
      without: { priority: filter.priority.filter((other) => other !== id) },
    })),
    ...filter.urgency.map((word) => ({ label: `Urgency is ${word}`, without: { urgency: [] } })),
    ...filter.assignee.map((id) => ({ label: `Assigned to ${id}`, without: { assignee: [] } })),
    ...filter.origin.map((word) => ({ label: `Origin is ${word}`, without: { origin: [] } })),
    ...filter.detection.map((word) => ({
      label: `Detected by ${word.replace("_", " ")}`,
      without: { detection: [] },
    })),
    ...filter.feature.map((label) => ({
      label: label === "none" ? "Without a feature" : `Feature is ${label}`,
      without: { feature: filter.feature.filter((other) => other !== label) },
    })),
    ...filter.cause.map((cause) => ({
      label: cause === "none" ? "Cause not known" : `Cause is ${cause}`,
      without: { cause: filter.cause.filter((other) => other !== cause) },
    })),
  ];
  const flags = FLAGS.filter(([key]) => filter[key] !== null).map(([key, label]) => ({
    label: filter[key] ? label : `Not: ${label.toLowerCase()}`,
    without: { [key]: EVERY_INCIDENT[key] },
  }));
  const texts: Condition[] = [
    ...(filter.q === null ? [] : [{ label: `Contains “${filter.q}”`, without: { q: null } }]),
    ...(filter.from === null ? [] : [{ label: `From ${filter.from.slice(0, 10)}`, without: { from: null } }]),
    ...(filter.to === null ? [] : [{ label: `To ${filter.to.slice(0, 10)}`, without: { to: null } }]),
    ...(filter.clock === null
      ? []
      : [{ label: `Measured: time to ${filter.clock}`, without: { clock: null } }]),
  ];
  return [...lists, ...flags, ...texts];
}
