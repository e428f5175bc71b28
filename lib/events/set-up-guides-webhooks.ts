import { sourceAddress } from "#lib/events/set-up-guide";
import type { SetUpGuide, SetUpPlace } from "#lib/events/set-up-guide";

type Entry = [source: string, title: string, note: string];

/** Products that need an address and nothing else: what they send is understood as it is. */
const ENTRIES: Entry[] = [
  [
    "azure-monitor",
    "Azure Monitor",
    "Monitor, Alerts, Action groups: add an action of the type Webhook with this address, and choose the common alert schema. Alerts of the activity log and of service health are never resolved by Azure.",
  ],
  [
    "sentry",
    "Sentry",
    "Settings, Developer Settings: create an internal integration with this webhook URL, switch on Alert Rule Action, and subscribe to issue. Issue alerts end when their issue is resolved or archived.",
  ],
  [
    "new-relic",
    "New Relic",
    "Alerts, Destinations: add a webhook with this address, then use it in a workflow with the default payload. Let the workflow notify of activated, acknowledged and closed issues.",
  ],
  [
    "uptime-kuma",
    "Uptime Kuma",
    "Settings, Notifications: add one of the type Webhook with this address. JSON, form and GET are all understood.",
  ],
  [
    "pingdom",
    "Pingdom",
    "Integrations: add one of the type Webhook with this address, and select it in your checks.",
  ],
  [
    "statuscake",
    "StatusCake",
    "Contact Groups: enter this address as Web Hook URL with the method POST, and assign the group to your tests.",
  ],
  [
    "splunk",
    "Splunk",
    "Edit the alert, Trigger Actions: add Webhook with this address. Alerts are told apart by search and by the field host of the result, or dedup_key where the search has one. Splunk never says that a problem is over: set the service to resolve by itself.",
  ],
  [
    "signalfx",
    "Splunk Observability Cloud (SignalFx)",
    "Data Management, Webhook: create an integration with this address, and add it to the recipients of your detectors' alert rules.",
  ],
  [
    "graylog",
    "Graylog",
    "Alerts, Notifications: create an HTTP Notification with this address, and add it to your event definitions. Graylog never says that a problem is over: set the service to resolve by itself.",
  ],
  ["axiom", "Axiom", "Monitors, Notifiers: create a notifier of the type Webhook with this address."],
  [
    "dash0",
    "Dash0",
    "Settings, Notification channels: add a webhook with this address, and choose it in your check rules.",
  ],
  [
    "jira",
    "Jira",
    "Settings, System, WebHooks: create one with this address and the events issue created, updated and deleted. Restrict it with a JQL filter to the issues that should page somebody.",
  ],
  [
    "statuspage",
    "Statuspage (outages of others)",
    "On the status page of whom you depend on: Subscribe to updates, Webhook, with this address.",
  ],
  [
    "opsgenie",
    "Opsgenie",
    "Settings, Integrations: add Webhook with this address and the actions for created, acknowledged, unacknowledged and closed alerts.",
  ],
  [
    "pagerduty",
    "PagerDuty",
    "Integrations, Generic Webhooks (v3): add one with this address, for triggered, acknowledged, unacknowledged, reopened and resolved incidents.",
  ],
];

export function webhookGuides(place: SetUpPlace): SetUpGuide[] {
  return ENTRIES.map(([source, title, note]) => ({
    title,
    source,
    note,
    address: sourceAddress(place, source),
    code: null,
  }));
}
