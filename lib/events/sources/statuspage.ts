import type { Warnings } from "#lib/events/event-fields";
import { isObject } from "#lib/events/json";
import { textAt } from "#lib/events/sources/fields";
import { monitorAdapter } from "#lib/events/sources/monitor-adapter";
import type { Reading } from "#lib/events/sources/monitor-adapter";
import { readState, stateWords } from "#lib/events/sources/state-words";

type Item = Record<string, unknown>;

/** Subscriptions to other companies' Atlassian Statuspages: outages of what a service depends on. */
export const statuspage = monitorAdapter({ source: "statuspage", name: "Statuspage" }, (item, warnings) =>
  isObject(item.component_update) ? readComponent(item, warnings) : readIncident(item, warnings),
);

const INCIDENT_STATES = stateWords({
  trigger: "investigating|identified|monitoring",
  resolve: "resolved|postmortem|completed",
  ignored: "scheduled|in progress|verifying",
});
const COMPONENT_STATES = stateWords({
  trigger: "degraded performance|partial outage|major outage",
  resolve: "operational",
  ignored: "under maintenance",
});
const COMPONENT_SEVERITIES = new Map([
  ["degraded_performance", "warning"],
  ["partial_outage", "error"],
  ["major_outage", "critical"],
]);

function readIncident(item: Item, warnings: Warnings): Reading {
  const id = textAt(item, "incident.id");
  const impact = textAt(item, "incident.impact");
  return {
    identity: id === null ? null : `incident:${id}`,
    state: readState(textAt(item, "incident.status"), INCIDENT_STATES, warnings),
    summary: textAt(item, "incident.name"),
    source: textAt(item, "meta.source", "page.name", "page.id"),
    severity: impact === "none" || impact === "maintenance" ? "info" : impact,
    at: textAt(item, "incident.updated_at"),
    component: textAt(item, "incident.components.0.name"),
    group: textAt(item, "page.id"),
    class: textAt(item, "incident.status"),
    links: [["Incident on the status page", textAt(item, "incident.shortlink")]],
  };
}

function readComponent(item: Item, warnings: Warnings): Reading {
  const id = textAt(item, "component_update.component_id", "component.id");
  const status = textAt(item, "component_update.new_status", "component.status");
  const name = textAt(item, "component.name") ?? `Component ${id ?? ""}`;
  return {
    identity: id === null ? null : `component:${id}`,
    state: readState(status, COMPONENT_STATES, warnings),
    summary: `${name}: ${(status ?? "unknown").replaceAll("_", " ")}`,
    source: textAt(item, "meta.source", "page.name", "page.id"),
    severity: COMPONENT_SEVERITIES.get(status ?? ""),
    at: textAt(item, "component_update.created_at"),
    component: name,
    group: textAt(item, "page.id"),
    class: status,
  };
}
