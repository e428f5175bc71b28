/** What a test is known by, called, and when it is sent. */
export interface TestFacts {
  id: string;
  title: string;
  at: Date;
}

/** Messages of one problem in a product's own format; `over` null: the product never says that a problem is over. */
export interface TestMessages {
  fire: object;
  over: object | null;
}

type Write = (facts: TestFacts & { instant: string; seconds: number }, isOver: boolean) => object;

/** A short message in the format of each product. */
const WRITERS: Readonly<Record<string, Write>> = {
  alertmanager: prometheus,
  grafana: prometheus,
  datadog: ({ id, title, at }, isOver) => ({
    alert_id: id,
    alert_title: title,
    alert_transition: isOver ? "Recovered" : "Triggered",
    alert_type: isOver ? "success" : "error",
    alert_priority: "P1",
    alert_scope: "host:touchline",
    last_updated: String(at.getTime()),
  }),
  cloudwatch: ({ id, title, instant }, isOver) => ({
    AlarmName: `[critical] ${title}`,
    AlarmArn: `arn:aws:cloudwatch:eu-central-1:000000000000:alarm:${id}`,
    NewStateValue: isOver ? "OK" : "ALARM",
    StateChangeTime: instant,
    Region: "EU (Frankfurt)",
  }),
  sentry: ({ id, title }, isOver) => ({
    action: isOver ? "resolved" : "created",
    data: { issue: { id, title, level: "fatal", project: { slug: "touchline" } } },
  }),
  zabbix: ({ id, title }, isOver) => ({
    event_id: id,
    event_value: isOver ? "0" : "1",
    event_nseverity: "5",
    event_name: title,
    host_name: "touchline",
  }),
  "new-relic": ({ id, title, at }, isOver) => ({
    id,
    title,
    state: isOver ? "CLOSED" : "ACTIVATED",
    priority: "CRITICAL",
    updatedAt: at.getTime(),
  }),
  "uptime-kuma": ({ id, title, instant }, isOver) => ({
    heartbeat: { status: isOver ? 1 : 0, time: instant, msg: title },
    monitor: { id, name: "Touchline", type: "http" },
    msg: title,
  }),
  pingdom: ({ id, title, seconds }, isOver) => ({
    check_id: id,
    check_name: title,
    current_state: isOver ? "UP" : "DOWN",
    importance_level: "HIGH",
    state_changed_timestamp: seconds,
  }),
  uptimerobot: ({ id, title, seconds }, isOver) => ({
    monitorID: id,
    monitorFriendlyName: title,
    alertType: isOver ? "2" : "1",
    alertDateTime: String(seconds),
  }),
  statuscake: ({ id, title }, isOver) => ({
    TestID: id,
    Name: title,
    Status: isOver ? "Up" : "Down",
    StatusCode: isOver ? "200" : "0",
  }),
  "azure-monitor": ({ id, title, instant }, isOver) => ({
    schemaId: "azureMonitorCommonAlertSchema",
    data: {
      essentials: {
        alertId: id,
        alertRule: title,
        severity: "Sev0",
        monitorCondition: isOver ? "Resolved" : "Fired",
        firedDateTime: instant,
        resolvedDateTime: isOver ? instant : null,
      },
    },
  }),
  "gcp-monitoring": ({ id, title, seconds }, isOver) => ({
    version: "1.2",
    incident: {
      incident_id: id,
      state: isOver ? "closed" : "open",
      summary: title,
      severity: "CRITICAL",
      started_at: seconds,
      ended_at: isOver ? seconds : null,
    },
  }),
  elastic: ({ id, title, instant }, isOver) => ({
    rule_id: id,
    rule_name: title,
    alert_id: "touchline",
    action_group: isOver ? "recovered" : "default",
    date: instant,
    message: title,
    severity: "critical",
  }),
  jira: ({ id, title, at }, isOver) => ({
    webhookEvent: isOver ? "jira:issue_updated" : "jira:issue_created",
    timestamp: at.getTime(),
    issue: {
      key: id,
      fields: {
        summary: title,
        status: { statusCategory: { key: isOver ? "done" : "new" } },
        priority: { name: "Highest" },
      },
    },
    changelog: { items: [{ field: "status" }] },
  }),
  dynatrace: ({ id, title }, isOver) => ({
    PID: id,
    ProblemTitle: title,
    State: isOver ? "RESOLVED" : "OPEN",
    ProblemSeverity: "AVAILABILITY",
  }),
  splunk: ({ id, title }) => ({
    search_name: title,
    result: { dedup_key: id, host: "touchline", severity: "critical" },
  }),
  signalfx: ({ id, title, instant }, isOver) => ({
    incidentId: id,
    detectorId: "touchline",
    statusExtended: isOver ? "ok" : "anomalous",
    severity: "Critical",
    messageTitle: title,
    timestamp: instant,
  }),
  pagerduty: ({ id, title, instant }, isOver) => ({
    event: {
      event_type: isOver ? "incident.resolved" : "incident.triggered",
      occurred_at: instant,
      data: { id, title, urgency: "high", priority: { summary: "P1" }, service: { summary: "Touchline" } },
    },
  }),
  opsgenie: ({ id, title, at }, isOver) => ({
    action: isOver ? "Close" : "Create",
    alert: { alias: id, message: title, priority: "P1", updatedAt: at.getTime() },
  }),
  statuspage: ({ id, title, instant }, isOver) => ({
    page: { id: "touchline" },
    incident: {
      id,
      name: title,
      status: isOver ? "resolved" : "investigating",
      impact: "critical",
      updated_at: instant,
    },
  }),
  nagios: hostCheck,
  icinga: hostCheck,
  checkmk: hostCheck,
  graylog: ({ id, title, instant }) => ({
    event_definition_id: "touchline",
    event_definition_title: title,
    event: { key: id, message: title, priority: 4, timestamp: instant },
  }),
  checkly: ({ id, title, instant }, isOver) => ({
    check_id: id,
    check_name: "Touchline",
    event_title: title,
    alert_type: isOver ? "ALERT_RECOVERY" : "ALERT_FAILURE",
    started_at: instant,
  }),
  dash0: ({ id, title, instant }, isOver) => ({
    type: isOver ? "alert.resolved" : "alert.ongoing",
    data: {
      issue: {
        issueIdentifier: id,
        summary: title,
        status: isOver ? "closed" : "critical",
        start: instant,
        end: isOver ? instant : null,
      },
    },
  }),
  axiom: ({ id, title, instant }, isOver) => ({
    action: isOver ? "Closed" : "Open",
    event: { monitorID: id, title, timestamp: instant },
  }),
  librenms: ({ id, title }, isOver) => ({
    rule_id: id,
    device_id: "touchline",
    hostname: "touchline",
    title,
    state: isOver ? "0" : "1",
    severity: "critical",
  }),
  json: ({ id, title, instant }, isOver) => ({
    id,
    title,
    status: isOver ? "resolved" : "firing",
    severity: "critical",
    host: "touchline",
    timestamp: instant,
  }),
};

const NEVER_OVER = new Set(["splunk", "graylog"]);

/** Messages of a test in a product's own format, null for a product that is not known. */
export function testMessages(source: string, facts: TestFacts): TestMessages | null {
  const write = Object.hasOwn(WRITERS, source) ? WRITERS[source] : undefined;
  if (write === undefined) return null;
  const { at } = facts;
  const all = { ...facts, instant: at.toISOString(), seconds: Math.floor(at.getTime() / 1000) };
  return { fire: write(all, false), over: NEVER_OVER.has(source) ? null : write(all, true) };
}

function prometheus({ id, title, instant }: Parameters<Write>[0], isOver: boolean): object {
  const status = isOver ? "resolved" : "firing";
  const alert = {
    status,
    labels: { alertname: "TouchlineTest", severity: "critical", instance: "touchline" },
    annotations: { summary: title },
    startsAt: instant,
    endsAt: isOver ? instant : "0001-01-01T00:00:00Z",
    fingerprint: id,
  };
  return { version: "4", status, alerts: [alert] };
}

function hostCheck({ id, title, seconds }: Parameters<Write>[0], isOver: boolean): object {
  return {
    notification_type: isOver ? "RECOVERY" : "PROBLEM",
    host_name: "touchline",
    service_desc: id,
    service_state: isOver ? "OK" : "CRITICAL",
    service_output: title,
    timet: String(seconds),
  };
}
