import { shellWord, sourceAddress, yamlText } from "#lib/events/set-up-guide";
import type { SetUpGuide, SetUpPlace } from "#lib/events/set-up-guide";

/** Products that are connected by a command, a script or a file to import. */
export function commandGuides(place: SetUpPlace): SetUpGuide[] {
  const guide = (
    source: string,
    title: string,
    note: string,
    write: (address: string) => string,
  ): SetUpGuide => ({
    title,
    source,
    note,
    address: null,
    code: write(sourceAddress(place, source)),
  });
  return [
    guide(
      "cloudwatch",
      "Amazon CloudWatch",
      "Subscribes this address to the SNS topic of your alarms; the subscription confirms itself. Let alarms notify the topic of ALARM and of OK.",
      cloudwatch,
    ),
    guide(
      "gcp-monitoring",
      "Google Cloud Monitoring",
      "Creates a notification channel, to be chosen in your alerting policies. Let them notify of closed incidents too.",
      gcp,
    ),
    guide(
      "zabbix",
      "Zabbix",
      "Save it as a file and import it under Alerts, Media types. Give it to a user as media, and let a trigger action send it with recovery and update operations.",
      zabbix,
    ),
    guide(
      "nagios",
      "Nagios",
      "Define the two commands, and set them as host and service notification commands of a contact.",
      nagios,
    ),
    guide(
      "icinga",
      "Icinga 2",
      "Two notification commands, for hosts and services; apply notifications with them to a user.",
      icinga,
    ),
    guide(
      "checkmk",
      "Checkmk",
      "Save it as ~/local/share/check_mk/notifications/touchline, make it executable, and choose it in a notification rule.",
      checkmk,
    ),
  ];
}

function cloudwatch(address: string): string {
  return `aws sns subscribe \\
  --topic-arn "$TOPIC_ARN" \\
  --protocol https \\
  --notification-endpoint ${shellWord(address)}
`;
}

function gcp(address: string): string {
  return `gcloud beta monitoring channels create \\
  --display-name=Touchline \\
  --type=webhook_tokenauth \\
  --channel-labels=${shellWord(`url=${address}`)}
`;
}

const ZABBIX_PARAMETERS = [
  ["event_id", "{EVENT.ID}"],
  ["event_value", "{EVENT.VALUE}"],
  ["event_update_status", "{EVENT.UPDATE.STATUS}"],
  ["event_update_action", "{EVENT.UPDATE.ACTION}"],
  ["event_nseverity", "{EVENT.NSEVERITY}"],
  ["event_name", "{EVENT.NAME}"],
  ["event_tags_json", "{EVENT.TAGSJSON}"],
  ["event_opdata", "{EVENT.OPDATA}"],
  ["host_name", "{HOST.NAME}"],
  ["trigger_id", "{TRIGGER.ID}"],
  ["trigger_description", "{TRIGGER.DESCRIPTION}"],
  ["zabbix_url", "{$ZABBIX.URL}"],
];

function zabbix(address: string): string {
  const parameters = [["url", address], ...ZABBIX_PARAMETERS].map(
    ([name = "", value = ""]) => `        - name: ${name}\n          value: ${yamlText(value)}`,
  );
  const modes = ["PROBLEM", "RECOVERY", "UPDATE"].map(
    (mode) => `        - event_source: TRIGGERS
          operation_mode: ${mode}
          subject: "{EVENT.NAME}"
          message: "{EVENT.NAME}"`,
  );
  return `zabbix_export:
  version: "6.0"
  media_types:
    - name: Touchline
      type: WEBHOOK
      parameters:
${parameters.join("\n")}
      script: |
        var parameters = JSON.parse(value);
        var address = parameters.url;
        delete parameters.url;
        var request = new HttpRequest();
        request.addHeader("Content-Type: application/json");
        var answer = request.post(address, JSON.stringify(parameters));
        if (request.getStatus() !== 202) throw "Touchline answered " + request.getStatus() + ": " + answer;
        return "OK";
      message_templates:
${modes.join("\n")}
`;
}

const COMMON_MACROS: [string, string][] = [
  ["notification_type", "NOTIFICATIONTYPE"],
  ["host_name", "HOSTNAME"],
  ["timet", "TIMET"],
];

function nagios(address: string): string {
  const command = (name: string, macros: [string, string][]) => {
    const fields = macros.map(([field, macro]) => `--data-urlencode "${field}=$${macro}$"`).join(" ");
    return `define command {
  command_name notify-${name}-by-touchline
  command_line curl -sS --max-time 20 -X POST ${shellWord(address)} ${fields}
}
`;
  };
  return [
    command("service", [
      ...COMMON_MACROS,
      ["service_desc", "SERVICEDESC"],
      ["service_state", "SERVICESTATE"],
      ["service_output", "SERVICEOUTPUT"],
    ]),
    command("host", [...COMMON_MACROS, ["host_state", "HOSTSTATE"], ["host_output", "HOSTOUTPUT"]]),
  ].join("\n");
}

function icinga(address: string): string {
  const command = (name: string, fields: string[]) => `object NotificationCommand "touchline-${name}" {
  command = [ "curl", "-sS", "--max-time", "20", "-X", "POST", ${yamlText(address)} ]
  arguments = {
    "--data-urlencode" = [
${["notification_type=$notification.type$", "host_name=$host.name$", "timet=$icinga.timet$", ...fields]
  .map((field) => `      "${field}"`)
  .join(",\n")}
    ]
  }
}
`;
  return [
    command("service", [
      "service_desc=$service.name$",
      "service_state=$service.state$",
      "service_output=$service.output$",
    ]),
    command("host", ["host_state=$host.state$", "host_output=$host.output$"]),
  ].join("\n");
}

const CHECKMK_VARIABLES =
  "WHAT NOTIFICATIONTYPE HOSTNAME HOSTSTATE HOSTOUTPUT SERVICEDESC SERVICESTATE SERVICEOUTPUT".split(" ");

function checkmk(address: string): string {
  const fields = CHECKMK_VARIABLES.map((name) => `  --data-urlencode "${name}=$NOTIFY_${name}"`);
  return `#!/bin/sh
# Touchline
exec curl -sS --fail --max-time 20 -X POST ${shellWord(address)} \\
${fields.join(" \\\n")}
`;
}
