import { alertmanager } from "#lib/events/sources/alertmanager";
import { axiom } from "#lib/events/sources/axiom";
import { azureMonitor } from "#lib/events/sources/azure-monitor";
import { checkly } from "#lib/events/sources/checkly";
import { cloudwatch } from "#lib/events/sources/cloudwatch";
import { dash0 } from "#lib/events/sources/dash0";
import { datadog } from "#lib/events/sources/datadog";
import { dynatrace } from "#lib/events/sources/dynatrace";
import { elastic } from "#lib/events/sources/elastic";
import { gcpMonitoring } from "#lib/events/sources/gcp-monitoring";
import { grafana } from "#lib/events/sources/grafana";
import { graylog } from "#lib/events/sources/graylog";
import { checkmk, icinga, nagios } from "#lib/events/sources/host-checks";
import { jira } from "#lib/events/sources/jira";
import { librenms } from "#lib/events/sources/librenms";
import { newRelic } from "#lib/events/sources/new-relic";
import { opsgenie } from "#lib/events/sources/opsgenie";
import { pagerduty } from "#lib/events/sources/pagerduty";
import { pingdom } from "#lib/events/sources/pingdom";
import { sentry } from "#lib/events/sources/sentry";
import { signalfx } from "#lib/events/sources/signalfx";
import type { SourceAdapter } from "#lib/events/sources/source";
import { splunk } from "#lib/events/sources/splunk";
import { statuscake } from "#lib/events/sources/statuscake";
import { statuspage } from "#lib/events/sources/statuspage";
import { uptimeKuma } from "#lib/events/sources/uptime-kuma";
import { uptimerobot } from "#lib/events/sources/uptimerobot";
import { zabbix } from "#lib/events/sources/zabbix";

const ALL = [
  [alertmanager, grafana, datadog, cloudwatch, sentry, zabbix, newRelic],
  [uptimeKuma, pingdom, uptimerobot, statuscake],
  [azureMonitor, gcpMonitoring, elastic, jira, dynatrace, splunk, signalfx],
  [pagerduty, opsgenie, statuspage, nagios, icinga, checkmk],
  [graylog, checkly, dash0, axiom, librenms],
].flat();
const ADAPTERS = new Map(ALL.map((adapter) => [adapter.source, adapter]));

/** The adapter behind `/integrations/<source>/<key>`, null for a source that is not known. */
export function adapterFor(source: string): SourceAdapter | null {
  return ADAPTERS.get(source) ?? null;
}
