import { shellWord, sourceAddress, yamlText } from "#lib/events/set-up-guide";
import type { SetUpGuide, SetUpPlace } from "#lib/events/set-up-guide";
import { JSON_SOURCE } from "#lib/events/sources/json";
import { commandGuides } from "#lib/events/set-up-guides-commands";
import { templateGuides } from "#lib/events/set-up-guides-templates";
import { webhookGuides } from "#lib/events/set-up-guides-webhooks";

/**
 * How to connect each kind of sender to an integration. `baseUrl` is where senders reach this server; `key` is the
 * integration's key, which works for every format.
 */
export function setUpGuides(baseUrl: string, key: string): SetUpGuide[] {
  const base = baseUrl.replace(/\/+$/, "");
  const place = { base, key };
  const code = (title: string, text: string, source: string | null = null): SetUpGuide => ({
    title,
    source,
    note: null,
    address: null,
    code: text,
  });
  return [
    code("Send a test event (Events API v2)", testEvent(base, key)),
    code("Shell scripts and cron jobs", shellFunction(base, key)),
    code(
      "Prometheus Alertmanager: webhook (each alert by itself)",
      alertmanagerWebhook(base, key),
      "alertmanager",
    ),
    code(
      "Prometheus Alertmanager: PagerDuty receiver (one alert per group)",
      alertmanagerPagerDuty(base, key),
      "alertmanager",
    ),
    code("Grafana: webhook contact point", grafanaWebhook(base, key), "grafana"),
    code("Grafana: PagerDuty contact point", grafanaPagerDuty(base, key), "grafana"),
    jsonGuide(place),
    ...[...templateGuides(place), ...commandGuides(place), ...webhookGuides(place)].toSorted((one, other) =>
      one.title.localeCompare(other.title, "en"),
    ),
  ];
}

/** How a job says that it ran; after it, so that a job that fails is silent. */
export function heartbeatGuide(baseUrl: string, key: string): string {
  const address = shellWord(sourceAddress({ base: baseUrl.replace(/\/+$/, ""), key }, "heartbeat"));
  return `# In a script, after what has to succeed\ncurl -fsS --retry 5 ${address}\n\n# In a crontab\n0 3 * * * backup.sh && curl -fsS --retry 5 ${address}\n`;
}

function testEvent(base: string, key: string): string {
  const trigger = {
    routing_key: key,
    event_action: "trigger",
    dedup_key: "test-1",
    payload: { summary: "Test: somebody should get a page", source: "set-up guide", severity: "critical" },
  };
  const resolve = { routing_key: key, event_action: "resolve", dedup_key: "test-1" };
  const send = (event: object) =>
    [
      `curl -sS -X POST ${shellWord(`${base}/v2/enqueue`)} \\`,
      "  -H 'Content-Type: application/json' \\",
      `  -d ${shellWord(JSON.stringify(event))}`,
    ].join("\n");
  return `# Opens an incident and pages whoever is on call\n${send(trigger)}\n\n# Resolves it\n${send(resolve)}\n`;
}

const SUMMARY_ARGUMENT = "$" + "{3:-}";
const SEVERITY_ARGUMENT = "$" + "{4:-error}";

function shellFunction(base: string, key: string): string {
  return String.raw`# send_event trigger|acknowledge|resolve <dedup key> [<summary>] [critical|error|warning|info]
send_event() {
  text() { printf '%s' "$1" | tr '\n\t' '  ' | sed 's/\\/\\\\/g; s/"/\\"/g'; }
  printf '{"routing_key":"%s","event_action":"%s","dedup_key":"%s","payload":{"summary":"%s","source":"%s","severity":"%s"}}' \
    ${shellWord(key)} "$1" "$(text "$2")" "$(text "${SUMMARY_ARGUMENT}")" "$(uname -n)" "${SEVERITY_ARGUMENT}" |
    curl -sS --fail --retry 5 -X POST ${shellWord(`${base}/v2/enqueue`)} \
      -H 'Content-Type: application/json' --data-binary @-
}

send_event trigger nightly-backup "The nightly backup failed" error
send_event resolve nightly-backup
`;
}

function alertmanagerWebhook(base: string, key: string): string {
  return `route:
  receiver: touchline
receivers:
  - name: touchline
    webhook_configs:
      - url: ${yamlText(sourceAddress({ base, key }, "alertmanager"))}
        send_resolved: true
`;
}

/** A severity that is not one of the four would be refused, so other words of the label become "error". */
function alertmanagerPagerDuty(base: string, key: string): string {
  return `route:
  receiver: touchline
receivers:
  - name: touchline
    pagerduty_configs:
      - routing_key: ${yamlText(key)}
        url: ${yamlText(`${base}/v2/enqueue`)}
        severity: '{{ if match "^(critical|error|warning|info)$" .CommonLabels.severity }}{{ .CommonLabels.severity }}{{ else }}error{{ end }}'
        send_resolved: true
`;
}

function grafanaWebhook(base: string, key: string): string {
  return `# provisioning/alerting/touchline.yaml
apiVersion: 1
contactPoints:
  - orgId: 1
    name: Touchline
    receivers:
      - uid: touchline-webhook
        type: webhook
        settings:
          url: ${yamlText(sourceAddress({ base, key }, "grafana"))}
          httpMethod: POST
        disableResolveMessage: false
`;
}

function grafanaPagerDuty(base: string, key: string): string {
  return `# provisioning/alerting/touchline.yaml
apiVersion: 1
contactPoints:
  - orgId: 1
    name: Touchline
    receivers:
      - uid: touchline-pagerduty
        type: pagerduty
        settings:
          integrationKey: ${yamlText(key)}
          url: ${yamlText(`${base}/v2/enqueue`)}
          severity: critical
        disableResolveMessage: false
`;
}

/** The names in it are understood without a mapping. */
function jsonGuide(place: SetUpPlace): SetUpGuide {
  const address = sourceAddress(place, JSON_SOURCE);
  const send = (message: object) =>
    [
      `curl -sS -X POST ${shellWord(address)} \\`,
      "  -H 'Content-Type: application/json' \\",
      `  -d ${shellWord(JSON.stringify(message))}`,
    ].join("\n");
  const problem = { id: "disk-db-7", title: "Disk of db-7 is 93 % full", host: "db-7", severity: "warning" };
  return {
    title: "Any JSON, by a mapping",
    source: JSON_SOURCE,
    note: "Whatever sends JSON. Common names (title, message, severity, status, id …) are understood as they are, one problem a message or a list of them. For anything else say on the integration's page, against what came in, which part means what.",
    address,
    code: `# It fires\n${send({ ...problem, status: "firing" })}\n\n# It is over\n${send({ ...problem, status: "resolved" })}\n`,
  };
}
