import { textAt } from "#lib/events/sources/fields";
import { monitorAdapter } from "#lib/events/sources/monitor-adapter";
import { readState, stateWords } from "#lib/events/sources/state-words";

/** Splunk Observability Cloud (SignalFx), webhook. */
export const signalfx = monitorAdapter(
  { source: "signalfx", name: "Splunk Observability Cloud" },
  (item, warnings) => ({
    identity: identityOf(textAt(item, "detectorId"), textAt(item, "incidentId")),
    state: readState(textAt(item, "statusExtended", "status"), STATES, warnings),
    summary: textAt(item, "messageTitle", "rule", "detector", "description"),
    source: textAt(item, "dimensions.host", "inputs.signal.key.host", "originatingMetric"),
    severity: textAt(item, "severity"),
    at: textAt(item, "timestamp"),
    component: textAt(item, "originatingMetric"),
    group: textAt(item, "detector"),
    class: textAt(item, "rule"),
    links: [
      ["Detector", textAt(item, "detectorUrl")],
      ["Runbook", textAt(item, "runbookUrl")],
    ],
    image: textAt(item, "imageUrl"),
  }),
);

const STATES = stateWords({
  trigger: "anomalous|too high|too low",
  resolve: "ok|manually resolved|stopped|auto resolved",
});

function identityOf(detector: string | null, incident: string | null): string | null {
  return incident === null ? null : `${detector ?? ""}:${incident}`;
}
