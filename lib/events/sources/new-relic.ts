import { textAt, valueAt } from "#lib/events/sources/fields";
import { monitorAdapter } from "#lib/events/sources/monitor-adapter";
import type { Reading } from "#lib/events/sources/monitor-adapter";
import type { Warnings } from "#lib/events/event-fields";
import { readState, stateWords } from "#lib/events/sources/state-words";

/** New Relic's workflows (issues) and the webhook channel of its older alerts (incidents). */
export const newRelic = monitorAdapter({ source: "new-relic", name: "New Relic" }, (item, warnings) =>
  textAt(item, "current_state", "incident_id") === null
    ? readIssue(item, warnings)
    : readIncident(item, warnings),
);

const STATES = stateWords({
  trigger: "created|activated|open|opened",
  acknowledge: "acknowledged",
  resolve: "closed|deactivated",
});

function readIssue(item: Record<string, unknown>, warnings: Warnings): Reading {
  return {
    identity: issueId(textAt(item, "id", "issueId")),
    state: readState(textAt(item, "state"), STATES, warnings),
    summary: textAt(item, "title", "title.0", "annotations.title.0"),
    source: textAt(item, "impactedEntities.0", "impactedEntities", "entitiesData.names.0"),
    severity: textAt(item, "priority"),
    at: firstFilled(item, "updatedAt", "createdAt"),
    group: textAt(item, "alertPolicyNames.0", "alertPolicyNames", "accumulations.policyName.0"),
    class: textAt(item, "alertConditionNames.0", "alertConditionNames", "accumulations.conditionName.0"),
    links: [["Issue in New Relic", textAt(item, "issueUrl", "issuePageUrl")]],
  };
}

function readIncident(item: Record<string, unknown>, warnings: Warnings): Reading {
  const id = textAt(item, "incident_id");
  if (id === "0") warnings.push("A test notification of New Relic: nothing will resolve it");
  return {
    identity: id === null ? null : `incident:${id}`,
    state: readState(textAt(item, "current_state"), STATES, warnings),
    summary: textAt(item, "details", "condition_name", "policy_name"),
    source: textAt(item, "targets.0.name", "targets.0.labels.hostname", "account_name"),
    severity: textAt(item, "severity"),
    at: firstFilled(item, "timestamp"),
    group: textAt(item, "policy_name"),
    class: textAt(item, "condition_name"),
    links: [
      ["Incident in New Relic", textAt(item, "incident_url")],
      ["Runbook", textAt(item, "runbook_url")],
    ],
  };
}

function issueId(id: string | null): string | null {
  return id === null ? null : `issue:${id}`;
}

/** An empty text is a time that was not set. */
function firstFilled(item: unknown, ...paths: string[]): unknown {
  return paths.map((path) => valueAt(item, path)).find((value) => value !== undefined && value !== "");
}
