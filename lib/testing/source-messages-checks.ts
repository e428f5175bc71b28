import type { SourceMessages } from "#lib/testing/source-messages";

type Message = Record<string, unknown>;

export function kumaMessage(status: number, changes: object = {}): Message {
  return {
    heartbeat: {
      monitorID: 7,
      status,
      time: status === 1 ? "2026-01-11 18:09:00.000" : "2026-01-11 18:00:00.000",
      msg: status === 1 ? "200 - OK" : "connect ECONNREFUSED",
      important: true,
      timezone: "Asia/Kolkata",
      timezoneOffset: "+05:30",
      localDateTime: "2026-01-11 23:30:00",
    },
    monitor: { id: 7, name: "Bet API", url: "https://bets.test/health", type: "http", tags: [] },
    msg: status === 1 ? "[Bet API] [✅ Up] 200 - OK" : "[Bet API] [🔴 Down] connect ECONNREFUSED",
    ...changes,
  };
}

export function pingdomCheck(state: string, changes: object = {}): Message {
  return {
    check_id: 12345,
    check_name: "Bet API",
    check_type: "HTTP",
    check_params: { hostname: "bets.test", full_url: "https://bets.test/health", port: 443 },
    tags: ["prod"],
    previous_state: state === "UP" ? "DOWN" : "UP",
    current_state: state,
    importance_level: "HIGH",
    state_changed_timestamp: state === "UP" ? 1768154940 : 1768154400,
    long_description: state === "UP" ? "OK" : "Connection refused",
    description: state === "UP" ? "OK" : "Error",
    first_probe: { ip: "192.0.2.1", location: "Stockholm" },
    second_probe: {},
    ...changes,
  };
}

export function robotMessage(type: string, changes: object = {}): Message {
  return {
    monitorID: "777",
    monitorURL: "https://bets.test/health",
    monitorFriendlyName: "Bet API",
    alertType: type,
    alertTypeFriendlyName: type === "2" ? "Up" : "Down",
    alertDetails: "Connection timeout",
    alertDateTime: type === "2" ? "1768154940" : "1768154400",
    alertFriendlyDuration: "*alertFriendlyDuration*",
    ...changes,
  };
}

export function cakeMessage(status: string, changes: object = {}): Message {
  return {
    URL: "https://bets.test/health",
    Token: "5f4dcc3b5aa765d61d8327deb882cf99",
    Name: "Bet API",
    StatusCode: status === "Up" ? "200" : "0",
    Status: status,
    TestID: "2401",
    Tags: "prod,bets",
    ...changes,
  };
}

export function pagerdutyVersion3(type: string, changes: object = {}): Message {
  return {
    event: {
      id: "01CH754SM17TWPE2V2H4VPBRO7",
      event_type: type,
      resource_type: "incident",
      occurred_at: type === "incident.resolved" ? "2026-01-11T18:09:00Z" : "2026-01-11T18:00:00Z",
      agent: null,
      client: null,
      data: {
        id: "PGR0VU2",
        type: "incident",
        html_url: "https://bets.pagerduty.com/incidents/PGR0VU2",
        number: 2,
        status: "triggered",
        title: "Withdrawals are stuck",
        service: { id: "PF9KMXH", summary: "Payments" },
        urgency: "high",
        priority: { id: "PSO75BM", summary: "P1" },
        ...changes,
      },
    },
  };
}

/** One message of the list that versions 1 and 2 send. */
export function pagerdutyVersion2(event: string, changes: object = {}): Message {
  return {
    id: `m-${event}`,
    event,
    created_on: "2026-01-11T18:00:00Z",
    incident: {
      id: "PRORDTY",
      title: "Withdrawals are stuck",
      urgency: "low",
      html_url: "https://bets.pagerduty.com/incidents/PRORDTY",
      service: { name: "Payments" },
      ...changes,
    },
  };
}

export function opsgenieAlert(action: string, changes: object = {}): Message {
  return {
    action,
    alert: {
      alertId: "052652ac-5d1c-464a-812a-7dd18bbfba8c",
      alias: "bets/stuck",
      message: "Withdrawals are stuck",
      tags: ["payments"],
      entity: "pay-1",
      priority: "P1",
      createdAt: 1768154400000,
      updatedAt: action === "Close" ? 1768154940000000000 : 1768154400000000000,
      ...changes,
    },
    integrationName: "Touchline",
  };
}

export function statuspageIncident(status: string, changes: object = {}): Message {
  return {
    meta: { generated_at: "2026-01-11T18:00:00Z" },
    page: { id: "j2mfxwj97wnj", status_indicator: "major" },
    incident: {
      id: "lbkhbwn21v5q",
      name: "Payments are delayed",
      status,
      impact: "major",
      shortlink: "https://stspg.io/lbkhbwn21v5q",
      updated_at: status === "resolved" ? "2026-01-11T18:09:00Z" : "2026-01-11T18:00:00Z",
      incident_updates: [],
      ...changes,
    },
  };
}

export function statuspageComponent(status: string): Message {
  return {
    page: { id: "j2mfxwj97wnj", status_indicator: "major" },
    component_update: {
      created_at: status === "operational" ? "2026-01-11T18:09:00Z" : "2026-01-11T18:00:00Z",
      new_status: status,
      component_id: "rb5wg",
    },
    component: { id: "rb5wg", name: "Card payments", status },
  };
}

export function checkMessage(type: string, state: string, changes: object = {}): Message {
  return {
    notification_type: type,
    host_name: "db-1",
    service_desc: "Disk /",
    service_state: state,
    service_output: "96 % used",
    timet: state === "OK" ? "1768154940" : "1768154400",
    ...changes,
  };
}

function checkly(type: string): Message {
  return {
    event_title: "Login of bettors",
    alert_type: type,
    check_name: "Login",
    check_id: "b2ce9f0e",
    check_type: "BROWSER",
    started_at: "2026-01-11T18:00:00.000Z",
    link: "https://app.checklyhq.com/checks/b2ce9f0e",
  };
}

function dash0(type: string): Message {
  return {
    type,
    data: {
      issue: {
        id: "1",
        issueIdentifier: "check-9",
        dataset: "default",
        start: "2026-01-11T18:00:00Z",
        end: type === "alert.resolved" ? "2026-01-11T18:09:00Z" : null,
        status: type === "alert.resolved" ? "closed" : "critical",
        summary: "Errors of bet-api",
        url: "https://app.dash0.com/goto/alerting/1",
        labels: [{ key: "service.name", value: { stringValue: "bet-api" } }],
        checkrules: [{ id: "r-1", name: "Error rate" }],
      },
    },
  };
}

export function axiomEvent(action: string, changes: object = {}): Message {
  return {
    action,
    event: {
      monitorID: "xYz1",
      title: "Refused bets",
      body: "Value 12 is above 10",
      description: "",
      timestamp: action === "Closed" ? "2026-01-11 18:09:00 +0000 UTC" : "2026-01-11 18:00:00 +0000 UTC",
      value: 12,
      groupKeys: ["feed"],
      groupValues: ["nfl"],
      ...changes,
    },
  };
}

export function libreMessage(state: string, changes: object = {}): Message {
  return {
    uid: `uid-${state}`,
    alert_id: "4",
    rule_id: "12",
    device_id: "3",
    name: "Port is down",
    hostname: "switch-1",
    state,
    severity: "critical",
    title: "switch-1: Port is down",
    ...changes,
  };
}

const ofChecks = (source: string): SourceMessages => ({
  source,
  fire: checkMessage("PROBLEM", "CRITICAL"),
  resolve: checkMessage("RECOVERY", "OK"),
});

export const checkMessages: SourceMessages[] = [
  { source: "uptime-kuma", fire: kumaMessage(0), resolve: kumaMessage(1) },
  { source: "pingdom", fire: pingdomCheck("DOWN"), resolve: pingdomCheck("UP") },
  { source: "uptimerobot", fire: robotMessage("1"), resolve: robotMessage("2") },
  { source: "statuscake", fire: cakeMessage("Down"), resolve: cakeMessage("Up") },
  {
    source: "pagerduty",
    fire: pagerdutyVersion3("incident.triggered"),
    resolve: pagerdutyVersion3("incident.resolved"),
  },
  {
    source: "pagerduty",
    fire: pagerdutyVersion2("incident.trigger"),
    resolve: pagerdutyVersion2("incident.resolve"),
  },
  { source: "opsgenie", fire: opsgenieAlert("Create"), resolve: opsgenieAlert("Close") },
  {
    source: "statuspage",
    fire: statuspageIncident("investigating"),
    resolve: statuspageIncident("resolved"),
  },
  {
    source: "statuspage",
    fire: statuspageComponent("major_outage"),
    resolve: statuspageComponent("operational"),
  },
  ofChecks("nagios"),
  ofChecks("icinga"),
  ofChecks("checkmk"),
  { source: "checkly", fire: checkly("ALERT_FAILURE"), resolve: checkly("ALERT_RECOVERY") },
  { source: "dash0", fire: dash0("alert.ongoing"), resolve: dash0("alert.resolved") },
  { source: "axiom", fire: axiomEvent("Open"), resolve: axiomEvent("Closed") },
  { source: "librenms", fire: libreMessage("1"), resolve: libreMessage("0") },
];
