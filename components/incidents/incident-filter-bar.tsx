"use client";

import { useRouter } from "next/navigation";
import { FilterBar } from "#components/ui/filter-bar";
import { EVERY_INCIDENT, incidentsHref } from "#lib/incidents/filter";
import type { IncidentFilter } from "#lib/incidents/filter";
import type { FilterChoicesDto } from "#lib/incidents/schemas";

interface IncidentFilterBarProps {
  filter: IncidentFilter;
  choices: FilterChoicesDto;
  /** Parameters of the address that mean nothing. */
  ignored: readonly string[];
}

type Key = "service" | "team" | "priority";

const URGENCIES = [
  { id: "high", name: "High urgency" },
  { id: "low", name: "Low urgency" },
];

/** Filters live in the address: choosing one goes to the list with it, and every condition can be taken off again. */
export function IncidentFilterBar({ filter, choices, ignored }: IncidentFilterBarProps) {
  const router = useRouter();
  const go = (change: Partial<IncidentFilter>) => router.replace(incidentsHref({ ...filter, ...change }));
  const add = (key: Key) => (id: string) => go({ [key]: [...new Set([...filter[key], id])] });
  return (
    <FilterBar
      search={{
        label: "Search incidents",
        placeholder: "Title or number",
        words: filter.q,
        onSearch: (q) => go({ q }),
      }}
      choices={[
        { label: "Service", options: choices.services, onChoose: add("service") },
        { label: "Team", options: choices.teams, onChoose: add("team") },
        {
          label: "Priority",
          options: choices.priorities.map(({ name }) => ({ id: name, name })),
          onChoose: add("priority"),
        },
        {
          label: "Urgency",
          options: URGENCIES,
          onChoose: (id) => go({ urgency: id === "high" ? ["high"] : ["low"] }),
        },
      ]}
      conditions={conditions(filter, choices).map(({ label, without }) => ({
        label,
        removeHref: incidentsHref({ ...filter, ...without }),
      }))}
      ignored={ignored}
    />
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
