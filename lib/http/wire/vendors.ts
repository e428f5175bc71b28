import { resourceHead } from "#lib/http/wire/reference";
import type { WireContext } from "#lib/http/wire/wire-context";
import type { IntegrationType } from "#lib/services/integration";

export type Vendor = { id: string; name: string; site: string; integrationType: IntegrationType };

const generic = "events_api_v2_inbound_integration" as const;

/** Tools that clients look up by name when they make an integration. Backstage's id is written into its plugins. */
export const VENDORS: readonly Vendor[] = [
  { id: "PRO19CT", name: "Backstage", site: "https://backstage.io", integrationType: generic },
  {
    id: "PVAWS01",
    name: "Amazon CloudWatch",
    site: "https://aws.amazon.com/cloudwatch",
    integrationType: generic,
  },
  { id: "PVCHK01", name: "Checkmk", site: "https://checkmk.com", integrationType: generic },
  { id: "PVDDG01", name: "Datadog", site: "https://www.datadoghq.com", integrationType: generic },
  { id: "PVDYN01", name: "Dynatrace", site: "https://www.dynatrace.com", integrationType: generic },
  { id: "PVELA01", name: "Elastic", site: "https://www.elastic.co", integrationType: generic },
  { id: "PVEML01", name: "Email", site: "https://www.rfc-editor.org/rfc/rfc5322", integrationType: generic },
  { id: "PVGHA01", name: "GitHub", site: "https://github.com", integrationType: generic },
  {
    id: "PVGRA01",
    name: "Grafana",
    site: "https://grafana.com",
    integrationType: "grafana_inbound_integration",
  },
  { id: "PVHON01", name: "Honeycomb", site: "https://www.honeycomb.io", integrationType: generic },
  { id: "PVICI01", name: "Icinga 2", site: "https://icinga.com", integrationType: generic },
  { id: "PVNAG01", name: "Nagios", site: "https://www.nagios.org", integrationType: generic },
  { id: "PVNRE01", name: "New Relic", site: "https://newrelic.com", integrationType: generic },
  {
    id: "PVPRO01",
    name: "Prometheus",
    site: "https://prometheus.io",
    integrationType: "alertmanager_inbound_integration",
  },
  { id: "PVSEN01", name: "Sentry", site: "https://sentry.io", integrationType: generic },
  { id: "PVSPL01", name: "Splunk", site: "https://www.splunk.com", integrationType: generic },
  { id: "PVZAB01", name: "Zabbix", site: "https://www.zabbix.com", integrationType: generic },
];

export function wireVendor(wire: WireContext, vendor: Vendor) {
  return {
    ...resourceHead(wire, "vendor", vendor),
    name: vendor.name,
    long_name: vendor.name,
    website_url: vendor.site,
    logo_url: null,
    thumbnail_url: null,
    description: `Events from ${vendor.name}.`,
    integration_guide_url: null,
    generic_service_type: vendor.integrationType,
    is_pd_cef: true,
    connectable: false,
    alert_creation_editable: false,
    alert_creation_default: "create_alerts_and_incidents",
  };
}
