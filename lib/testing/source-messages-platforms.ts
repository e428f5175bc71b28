import type { SourceMessages } from "#lib/testing/source-messages";

export function datadogMessage(changes: object = {}): Record<string, unknown> {
  return {
    id: "5234567890",
    aggreg_key: "9bd4ac313a4d1e8fae2482df7b77628",
    alert_id: "1234",
    alert_title: "Odds are stale on feed:nfl",
    alert_transition: "Triggered",
    alert_type: "error",
    alert_priority: "P2",
    priority: "normal",
    alert_scope: "feed:nfl",
    title: "[P2] [Triggered on {feed:nfl}] Odds are stale",
    body: "No update for 90 s",
    date: "1768154400000",
    last_updated: "1768154400000",
    hostname: "feed-1",
    tags: "monitor,feed:nfl,env:prod",
    link: "https://app.datadoghq.com/event/event?id=5234567890",
    snapshot: "null",
    ...changes,
  };
}

export function sentryIssue(action: string, changes: object = {}): Record<string, unknown> {
  return {
    action,
    installation: { uuid: "7a485448-a9e2-4c85-8a3c-4f44175783c9" },
    data: {
      issue: {
        id: "1170820242",
        shortId: "BETS-1",
        title: "TimeoutError: odds",
        culprit: "placeBet",
        level: "error",
        status: action === "resolved" ? "resolved" : "unresolved",
        web_url: "https://bets.sentry.io/issues/1170820242/",
        project: { id: "1", name: "bets", slug: "bets" },
        metadata: { type: "TimeoutError" },
      },
      ...changes,
    },
    actor: { type: "application", id: "sentry", name: "Sentry" },
  };
}

export function sentryMetric(action: string): Record<string, unknown> {
  const isResolved = action === "resolved";
  return {
    action,
    installation: { uuid: "7a485448-a9e2-4c85-8a3c-4f44175783c9" },
    data: {
      metric_alert: {
        id: "4",
        title: "Failure rate",
        alert_rule: { id: "7", name: "Failure rate of bets" },
        projects: ["bets"],
        date_started: "2026-01-11T18:00:00Z",
        date_closed: isResolved ? "2026-01-11T18:09:00Z" : null,
      },
      description_title: isResolved ? "Resolved: Failure rate" : "Critical: Failure rate",
      description_text: "12 % failed",
      web_url: "https://bets.sentry.io/alerts/4/",
    },
  };
}

export function zabbixMessage(changes: object = {}): Record<string, unknown> {
  return {
    event_id: "8812",
    event_value: "1",
    event_update_status: "0",
    event_nseverity: "4",
    event_name: "Load is high",
    event_tags_json: '[{"tag":"scope","value":"performance"}]',
    event_date: "2026.01.11",
    event_time: "18:00:00",
    host_name: "db-1",
    trigger_id: "16012",
    zabbix_url: "https://zabbix.test/",
    ...changes,
  };
}

export function newRelicIssue(state: string, changes: object = {}): Record<string, unknown> {
  return {
    id: "dd43e4ad-3e3d-4a7d-a5d5-b6b7a5c1b9c0",
    issueUrl: "https://radar-api.service.newrelic.com/accounts/1/issues/dd43e4ad",
    title: "Response time > 2 s",
    priority: "CRITICAL",
    impactedEntities: ["bet-api"],
    totalIncidents: 1,
    state,
    trigger: "STATE_CHANGE",
    createdAt: 1768154400000,
    updatedAt: state === "CLOSED" ? 1768154940000 : 1768154400000,
    sources: ["newrelic"],
    alertPolicyNames: ["Bets"],
    alertConditionNames: ["Response time"],
    ...changes,
  };
}

export function newRelicIncident(state: string, changes: object = {}): Record<string, unknown> {
  return {
    incident_id: 98443,
    current_state: state,
    severity: "CRITICAL",
    condition_name: "Apdex",
    policy_name: "Bets",
    details: "Apdex < 0.7",
    targets: [{ id: "1", name: "bet-api" }],
    incident_url: "https://alerts.newrelic.com/incidents/98443",
    timestamp: 1768154400000,
    ...changes,
  };
}

export function kibanaAlert(group: string, changes: object = {}): Record<string, unknown> {
  return {
    rule_id: "4f3c5e90",
    rule_name: "Latency of bets",
    rule_url: "https://kibana.test/app/rules/4f3c5e90",
    alert_id: "bet-1",
    action_group: group,
    date: "2026-01-11T18:00:00.000Z",
    message: "Latency of bet-1 is 3 s",
    tags: ["team:bets", "severity:high"],
    ...changes,
  };
}

export function jiraIssue(event: string, category: string, changes: object = {}): Record<string, unknown> {
  return {
    timestamp: 1768154400000,
    webhookEvent: event,
    issue: {
      id: "10002",
      self: "https://bets.atlassian.net/rest/api/2/issue/10002",
      key: "OPS-7",
      fields: {
        summary: "Withdrawals are stuck",
        status: { name: category, statusCategory: { key: category } },
        priority: { name: "Highest" },
        project: { key: "OPS", name: "Operations" },
        issuetype: { name: "Incident" },
      },
    },
    user: { displayName: "Ann" },
    ...(event === "jira:issue_updated"
      ? { changelog: { items: [{ field: "status", toString: category }] } }
      : {}),
    ...changes,
  };
}

export function dynatraceProblem(state: string, changes: object = {}): Record<string, unknown> {
  return {
    PID: "-4241548113871836372_1768154400000V2",
    ProblemID: "P-26011",
    ProblemTitle: "Failure rate increase",
    State: state,
    ProblemImpact: "SERVICE",
    ProblemSeverity: "ERROR",
    ProblemURL: "https://abc.live.dynatrace.com/#problems/problemdetails;pid=1",
    ImpactedEntities: [{ type: "SERVICE", name: "bet-api", entity: "SERVICE-1" }],
    ProblemDetailsJSON: { startTime: 1768154400000, endTime: state === "RESOLVED" ? 1768154940000 : -1 },
    Tags: "env:prod",
    ...changes,
  };
}

export function signalfxAlert(status: string, changes: object = {}): Record<string, unknown> {
  return {
    severity: "Critical",
    originatingMetric: "bets.latency",
    detectOnCondition: "when(A > 2)",
    messageTitle: "Critical alert: latency",
    messageBody: "Latency is 3 s",
    rule: "Latency",
    detector: "Bets",
    detectorId: "EDtEct0r",
    detectorUrl: "https://app.signalfx.com/#/detector/EDtEct0r/edit",
    runbookUrl: "",
    imageUrl: "https://app.signalfx.com/preview/1.png",
    incidentId: "EInc1dent",
    status: status === "anomalous" ? "anomalous" : "ok",
    statusExtended: status,
    timestamp: status === "anomalous" ? "2026-01-11T18:00:00Z" : "2026-01-11T18:09:00Z",
    dimensions: { host: "bet-1" },
    ...changes,
  };
}

export function splunkResult(changes: object = {}): Record<string, unknown> {
  return {
    sid: "scheduler_admin_search_W2_at_1768154400_132",
    search_name: "Refused withdrawals",
    app: "search",
    owner: "admin",
    results_link: "http://splunk.test:8000/app/search/@go?sid=132",
    result: {
      host: "pay-1",
      source: "pay.log",
      sourcetype: "payments",
      _time: "1768154400.123",
      severity: "high",
    },
    ...changes,
  };
}

export function graylogEvent(changes: object = {}): Record<string, unknown> {
  return {
    event_definition_id: "5f4c2a",
    event_definition_type: "aggregation-v1",
    event_definition_title: "Errors in bets",
    event: {
      id: "01EH",
      timestamp: "2026-01-11T18:00:00.000Z",
      message: "Errors in bets: count()=12",
      source: "graylog-1",
      key: "bet-1",
      priority: 3,
      alert: true,
      fields: {},
    },
    backlog: [],
    ...changes,
  };
}

const pair = (
  source: string,
  fire: Record<string, unknown>,
  resolve: Record<string, unknown> | null,
): SourceMessages => ({ source, fire, resolve });

export const platformMessages: SourceMessages[] = [
  pair(
    "datadog",
    datadogMessage(),
    datadogMessage({
      id: "5234567899",
      alert_transition: "Recovered",
      alert_type: "success",
      title: "[P2] [Recovered on {feed:nfl}] Odds are stale",
      last_updated: "1768154940000",
    }),
  ),
  pair("sentry", sentryIssue("created"), sentryIssue("resolved")),
  pair("sentry", sentryMetric("critical"), sentryMetric("resolved")),
  pair("zabbix", zabbixMessage(), zabbixMessage({ event_value: "0", event_name: "Load is high" })),
  pair("new-relic", newRelicIssue("ACTIVATED"), newRelicIssue("CLOSED")),
  pair("new-relic", newRelicIncident("open"), newRelicIncident("closed")),
  pair(
    "elastic",
    kibanaAlert("threshold met"),
    kibanaAlert("recovered", { date: "2026-01-11T18:09:00.000Z" }),
  ),
  pair("jira", jiraIssue("jira:issue_created", "new"), jiraIssue("jira:issue_updated", "done")),
  pair("dynatrace", dynatraceProblem("OPEN"), dynatraceProblem("RESOLVED")),
  pair("signalfx", signalfxAlert("anomalous"), signalfxAlert("ok")),
  pair("splunk", splunkResult(), null),
  pair("graylog", graylogEvent(), null),
];
