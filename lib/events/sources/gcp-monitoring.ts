import { parseTimestamp } from "#lib/events/timestamp";
import { objectAt, textAt, valueAt } from "#lib/events/sources/fields";
import { monitorAdapter } from "#lib/events/sources/monitor-adapter";
import { readState, stateWords } from "#lib/events/sources/state-words";

/** Google Cloud Monitoring's webhook channel, schema 1.2. */
export const gcpMonitoring = monitorAdapter(
  { source: "gcp-monitoring", name: "Google Cloud Monitoring" },
  (item, warnings) => {
    const incident = objectAt(item, "incident");
    const hasEnded = parseTimestamp(incident.ended_at).kind === "instant";
    const stated = textAt(incident, "state");
    const state = stated === null && hasEnded ? "resolve" : readState(stated, STATES, warnings);
    if (textAt(item, "version") === "test") warnings.push("A test notification of Google Cloud Monitoring");
    const severity = textAt(incident, "severity");
    return {
      identity: textAt(incident, "incident_id"),
      state,
      summary: textAt(incident, "documentation.subject", "summary", "condition_name", "policy_name"),
      source: textAt(incident, "resource_display_name", "resource_name", "resource.labels.instance_id"),
      severity: NO_SEVERITY.test(severity ?? "") ? textAt(incident, "policy_user_labels.severity") : severity,
      at: state === "resolve" ? incident.ended_at : incident.started_at,
      component: textAt(incident, "resource.type", "resource_type_display_name"),
      group: textAt(incident, "scoping_project_id", "resource.labels.project_id"),
      class: textAt(incident, "condition_name", "metric.displayName", "metric.type"),
      links: [["Incident in Google Cloud", textAt(incident, "url")]],
      details: {
        ...item,
        // A text in older messages, an object in newer ones.
        documentation:
          textAt(incident, "documentation.content", "documentation") ??
          valueAt(incident, "documentation") ??
          null,
      },
    };
  },
);

const STATES = stateWords({ trigger: "open", resolve: "closed" });
const NO_SEVERITY = /^\s*(?:no severity|severity_unspecified)?\s*$/i;
