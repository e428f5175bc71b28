import { sourceAddress } from "#lib/events/set-up-guide";
import type { SetUpGuide, SetUpPlace } from "#lib/events/set-up-guide";

interface Template {
  source: string;
  title: string;
  note: string;
  body: Record<string, string>;
  /** Lines of JSON whose values the product fills in as JSON, not as a text. */
  raw?: string[];
}

const named = (names: string[], write: (name: string) => string) =>
  Object.fromEntries(names.map((name) => [name, write(name)]));

/** Products whose message is a template: the address, and the template to paste. */
const TEMPLATES: Template[] = [
  {
    source: "datadog",
    title: "Datadog",
    note: "Integrations, Webhooks: add one with this address and this payload, then mention it in the message of your monitors, outside of conditions, so that it is told of recoveries too.",
    body: named(
      [
        "id aggreg_key alert_cycle_key alert_id alert_title alert_transition alert_type alert_priority alert_scope",
        "alert_metric event_type priority date last_updated hostname tags link snapshot",
      ].flatMap((line) => line.split(" ")),
      (name) => `$${name.toUpperCase()}`,
    ),
  },
  {
    source: "elastic",
    title: "Elastic (Kibana rules)",
    note: "Connectors: create a Webhook with this address and the header Content-Type: application/json. Add it to your rules twice with this body: run when the alert is active, and run when it is recovered.",
    body: {
      rule_id: "{{rule.id}}",
      rule_name: "{{rule.name}}",
      rule_url: "{{rule.url}}",
      alert_id: "{{alert.id}}",
      action_group: "{{alert.actionGroup}}",
      message: "{{rule.name}}: {{alert.id}}",
      tags: "{{rule.tags}}",
      date: "{{date}}",
    },
  },
  {
    source: "dynatrace",
    title: "Dynatrace",
    note: "Settings, Integration, Problem notifications: add a Custom integration with this address and this payload, and switch on the call when a problem is closed.",
    body: named(
      [
        "PID",
        "ProblemID",
        "ProblemTitle",
        "State",
        "ProblemImpact",
        "ProblemSeverity",
        "ProblemURL",
        "ImpactedEntity",
        "Tags",
      ],
      (name) => `{${name}}`,
    ),
    raw: ['  "ImpactedEntities": {ImpactedEntities}', '  "ProblemDetailsJSON": {ProblemDetailsJSON}'],
  },
  {
    source: "uptimerobot",
    title: "UptimeRobot",
    note: "Integrations, Webhook: enter this address, paste this as POST value and choose to send it as JSON. Sent as query string it is understood too.",
    body: named(
      [
        "monitorID",
        "monitorURL",
        "monitorFriendlyName",
        "alertType",
        "alertTypeFriendlyName",
        "alertDetails",
        "alertDateTime",
      ],
      (name) => `*${name}*`,
    ),
  },
  {
    source: "checkly",
    title: "Checkly",
    note: "Alert settings: add a Webhook channel with the method POST, this address and this body, for failed, degraded and recovered checks.",
    body: {
      event_title: "{{ALERT_TITLE}}",
      alert_type: "{{ALERT_TYPE}}",
      check_id: "{{CHECK_ID}}",
      check_name: "{{CHECK_NAME}}",
      check_type: "{{CHECK_TYPE}}",
      group_name: "{{GROUP_NAME}}",
      run_location: "{{RUN_LOCATION}}",
      started_at: "{{STARTED_AT}}",
      link: "{{RESULT_LINK}}",
    },
  },
  {
    source: "librenms",
    title: "LibreNMS",
    note: "Alerts, Alert Transports: create one of the type API with the method POST, this address, the header Content-Type=application/json and this body.",
    body: named(
      [
        "uid",
        "alert_id",
        "device_id",
        "hostname",
        "sysName",
        "location",
        "name",
        "rule",
        "severity",
        "state",
        "title",
      ],
      (name) => `{{ $${name} }}`,
    ),
  },
];

export function templateGuides(place: SetUpPlace): SetUpGuide[] {
  return TEMPLATES.map(({ source, title, note, body, raw = [] }) => ({
    title,
    source,
    note,
    address: sourceAddress(place, source),
    code: `${["{", [...entries(body), ...raw].join(",\n"), "}"].join("\n")}\n`,
  }));
}

function entries(body: Record<string, string>): string[] {
  return Object.entries(body).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
}
