import { describe, expect, test } from "vitest";
import { parseOpsgenieRecord } from "#lib/imports/opsgenie";
import { parsePagerDutyIncident, parsePagerDutyLogEntry } from "#lib/imports/pagerduty";

const INCIDENT = {
  id: "PT4KHLK",
  type: "incident",
  title: "The server is on fire.",
  description: "The server is on fire.",
  status: "resolved",
  urgency: "low",
  created_at: "2024-02-01T10:00:00Z",
  resolved_at: "2024-02-01T10:40:00Z",
  last_status_change_at: "2024-02-01T10:40:00Z",
  last_status_change_by: { type: "user_reference", id: "PXPGF42", summary: "Earline Greenholt" },
  service: { type: "service_reference", id: "PIJ90N7", summary: "My Mail Service" },
  priority: { type: "priority", name: "SEV-2", summary: "SEV-2" },
  html_url: "https://example.pagerduty.com/incidents/PT4KHLK",
};
const ENTRY = {
  id: "Q02JTSNZWHSEKV",
  type: "escalate_log_entry",
  created_at: "2024-02-01T10:30:00Z",
  agent: { type: "escalation_policy_reference", summary: "Default" },
  assignees: [{ type: "user_reference", summary: "Ann Lee" }],
  incident: { id: "PT4KHLK", type: "incident_reference" },
};

const incident = (change: object = {}) => parsePagerDutyIncident(JSON.stringify({ ...INCIDENT, ...change }));
const entry = (change: object = {}) => parsePagerDutyLogEntry(JSON.stringify({ ...ENTRY, ...change }));

describe("PagerDuty", () => {
  test("reads an incident", () => {
    expect(incident()).toEqual({
      kind: "incident",
      incident: {
        externalId: "pagerduty/PT4KHLK",
        title: "The server is on fire.",
        body: null,
        url: "https://example.pagerduty.com/incidents/PT4KHLK",
        components: ["My Mail Service"],
        urgency: "low",
        priorityRank: 2,
        detectionSource: "unknown",
        customerImpact: null,
        startedAt: new Date("2024-02-01T10:00:00Z"),
        createdAt: new Date("2024-02-01T10:00:00Z"),
        mitigatedAt: null,
        resolvedAt: new Date("2024-02-01T10:40:00Z"),
        resolvedBy: { name: "Earline Greenholt", email: null, isPerson: true },
        entries: [],
      },
    });
  });

  test.each([
    [{ status: "acknowledged", resolved_at: null }, "is not resolved yet"],
    [{ created_at: "soon" }, "lacks what an incident needs"],
    [{ resolved_at: "2024-02-01T09:40:00Z" }, "ends before it starts"],
  ])("%j is skipped", (change, reason) =>
    expect(incident(change)).toMatchObject({ kind: "skipped", reason }),
  );

  test("exports without resolved_at end at their last change of state", () => {
    expect(incident({ resolved_at: undefined })).toMatchObject({
      incident: { resolvedAt: new Date("2024-02-01T10:40:00Z") },
    });
  });

  test("reads log entries; an escalation by nobody is one by time", () => {
    expect(entry()).toMatchObject({
      line: {
        incidentExternalId: "pagerduty/PT4KHLK",
        entry: { key: "log-entry/Q02JTSNZWHSEKV", type: "escalate", data: { kind: "timeout" } },
      },
    });
    const agent = { type: "user_reference", summary: "Ann Lee" };
    expect(entry({ agent })).toMatchObject({ line: { entry: { data: { kind: "manual" } } } });
    const channel = { type: "note", content: "Restarted it" };
    expect(entry({ type: "annotate_log_entry", agent, channel })).toMatchObject({
      line: { entry: { type: "annotate", note: "Restarted it", by: { name: "Ann Lee", isPerson: true } } },
    });
  });

  test.each([
    [{ type: "notify_log_entry" }, "says what its incident says already"],
    [{ incident: null }, "lacks what a log entry needs"],
  ])("%j is skipped", (change, reason) => expect(entry(change)).toMatchObject({ kind: "skipped", reason }));
});

describe("Opsgenie", () => {
  const ALERT = {
    id: "70413a06-38d6-4c85-92b8-5ebc900d42e2",
    tinyId: "1791",
    message: "Our servers are in danger",
    status: "closed",
    priority: "P4",
    tags: ["OverwriteQuietHours", "service: Wallet"],
    createdAt: "2017-05-21T08:32:46.382Z",
    updatedAt: "2017-05-22T08:32:46.382Z",
    report: { ackTime: 15702, closeTime: 60503, acknowledgedBy: "jane@example.com", closedBy: "Nagios" },
  };
  const alert = (change: object = {}) => parseOpsgenieRecord(JSON.stringify({ ...ALERT, ...change }));

  test("reads an alert with its report", () => {
    expect(alert()).toMatchObject({
      incident: {
        externalId: "opsgenie/70413a06-38d6-4c85-92b8-5ebc900d42e2",
        components: ["Wallet"],
        urgency: "low",
        priorityRank: 4,
        resolvedAt: new Date("2017-05-21T08:33:46.885Z"),
        resolvedBy: { name: "Nagios", isPerson: false },
        entries: [
          {
            at: new Date("2017-05-21T08:33:02.084Z"),
            type: "acknowledge",
            by: { email: "jane@example.com", isPerson: true },
          },
        ],
      },
    });
  });

  test("reads an incident with its impact", () => {
    const impact = {
      report: null,
      status: "resolved",
      priority: "P1",
      impactStartDate: "2017-05-21T08:30:00Z",
      impactEndDate: "2017-05-21T09:00:00Z",
    };
    expect(alert(impact)).toMatchObject({
      incident: {
        urgency: "high",
        customerImpact: true,
        startedAt: new Date("2017-05-21T08:30:00Z"),
        mitigatedAt: new Date("2017-05-21T09:00:00Z"),
        resolvedAt: new Date("2017-05-22T08:32:46.382Z"),
      },
    });
  });

  test.each([
    [{ status: "open", report: null }, "is not resolved yet"],
    [{ message: 7 }, "lacks what an incident needs"],
  ])("%j is skipped", (change, reason) => expect(alert(change)).toMatchObject({ kind: "skipped", reason }));
});
