import { parseEnqueueV2 } from "#lib/events/enqueue-v2";
import type { Warnings } from "#lib/events/event-fields";
import { isObject } from "#lib/events/json";
import { objectAt, textAt } from "#lib/events/sources/fields";
import { monitorAdapter } from "#lib/events/sources/monitor-adapter";
import type { Reading } from "#lib/events/sources/monitor-adapter";
import { parseEach } from "#lib/events/sources/parse-each";
import type { SourceAdapter } from "#lib/events/sources/source";
import { foldState, readState, stateWords } from "#lib/events/sources/state-words";

type Item = Record<string, unknown>;

/** Webhooks of a PagerDuty account (versions 3, 2 and 1): its incidents, while teams move over. */
const webhooks = monitorAdapter(
  { source: "pagerduty", name: "PagerDuty", list: "messages" },
  (item, warnings) => {
    if (isObject(item.event)) return readVersion3(item.event, warnings);
    const incident = isObject(item.incident) ? item.incident : objectAt(item, "data.incident");
    const word = textAt(item, "event", "type");
    return readIncident({ incident, word, at: textAt(item, "created_on") }, warnings);
  },
);

export const pagerduty: SourceAdapter = {
  ...webhooks,
  parse(payload, context) {
    if (!isObject(payload) || payload.event_action === undefined) return webhooks.parse(payload, context);
    return parseEach({
      items: [payload],
      warnings: [],
      bodyWith: ([item]) => item,
      judge: (item) => {
        // An event for the Events API at this address: the key stands in the address already.
        const parsed = parseEnqueueV2({ ...item, routing_key: NO_KEY });
        if (parsed.kind === "event") return { kind: "event", event: parsed.event };
        return { kind: "rejected", reason: parsed.errors.join("; ") };
      },
    });
  },
};

const NO_KEY = "0".repeat(32);
const STATES = stateWords({
  trigger:
    "incident.triggered|incident.trigger|incident.reopened|incident.unacknowledged|incident.unacknowledge",
  acknowledge: "incident.acknowledged|incident.acknowledge",
  resolve: "incident.resolved|incident.resolve",
});

function readVersion3(event: Item, warnings: Warnings): Reading | { ignored: string } {
  const word = textAt(event, "event_type");
  return readIncident(
    { incident: objectAt(event, "data"), word, at: textAt(event, "occurred_at") },
    warnings,
  );
}

interface Message {
  incident: Item;
  word: string | null;
  at: string | null;
}

/** A word for something else that happened to an incident (a note, an escalation) changes nothing here. */
function readIncident({ incident, word, at }: Message, warnings: Warnings): Reading | { ignored: string } {
  if (word !== null && !STATES.has(foldState(word))) {
    return { ignored: `'${word.slice(0, 100)}' changes no incident's state` };
  }
  return {
    identity: textAt(incident, "id"),
    state: readState(word, STATES, warnings),
    summary: textAt(
      incident,
      "title",
      "summary",
      "trigger_summary_data.subject",
      "trigger_summary_data.description",
    ),
    source: textAt(incident, "service.summary", "service.name"),
    severity: severityOf(textAt(incident, "priority.summary", "priority.name"), textAt(incident, "urgency")),
    at,
    component: textAt(incident, "service.summary", "service.name"),
    class: textAt(incident, "incident_type.name"),
    links: [["Incident in PagerDuty", textAt(incident, "html_url")]],
    details: { incident },
  };
}

function severityOf(priority: string | null, urgency: string | null): string | null {
  if (priority !== null) return priority;
  return urgency === "high" ? "error" : urgency === "low" ? "warning" : null;
}
