/** A product whose own format is understood at `/integrations/<source>/<key>`. */
export interface SourceProduct {
  source: string;
  name: string;
  site: string;
  /** What the public API knows it by; written into clients' configurations, so never changed. */
  vendorId: string;
  /** What the public API calls it, where clients know it by another name. */
  vendorName?: string;
}

/** What the public API knows JSON by that no product's own format has; it is read by a mapping. */
export const JSON_VENDOR_ID = "PVJSN01";

/** In the order in which they are offered: what teams have most often comes first. */
export const SOURCE_PRODUCTS: readonly SourceProduct[] = [
  {
    source: "alertmanager",
    name: "Prometheus Alertmanager",
    site: "https://prometheus.io",
    vendorId: "PVPRO01",
    vendorName: "Prometheus",
  },
  { source: "grafana", name: "Grafana", site: "https://grafana.com", vendorId: "PVGRA01" },
  { source: "datadog", name: "Datadog", site: "https://www.datadoghq.com", vendorId: "PVDDG01" },
  {
    source: "cloudwatch",
    name: "Amazon CloudWatch",
    site: "https://aws.amazon.com/cloudwatch",
    vendorId: "PVAWS01",
  },
  {
    source: "azure-monitor",
    name: "Azure Monitor",
    site: "https://azure.microsoft.com/products/monitor",
    vendorId: "PVAZM01",
  },
  {
    source: "gcp-monitoring",
    name: "Google Cloud Monitoring",
    site: "https://cloud.google.com/monitoring",
    vendorId: "PVGCM01",
  },
  { source: "sentry", name: "Sentry", site: "https://sentry.io", vendorId: "PVSEN01" },
  { source: "zabbix", name: "Zabbix", site: "https://www.zabbix.com", vendorId: "PVZAB01" },
  { source: "new-relic", name: "New Relic", site: "https://newrelic.com", vendorId: "PVNRE01" },
  { source: "elastic", name: "Elastic", site: "https://www.elastic.co", vendorId: "PVELA01" },
  { source: "splunk", name: "Splunk", site: "https://www.splunk.com", vendorId: "PVSPL01" },
  {
    source: "signalfx",
    name: "Splunk Observability Cloud",
    site: "https://www.splunk.com/products/observability",
    vendorId: "PVSFX01",
  },
  { source: "dynatrace", name: "Dynatrace", site: "https://www.dynatrace.com", vendorId: "PVDYN01" },
  { source: "uptime-kuma", name: "Uptime Kuma", site: "https://uptime.kuma.pet", vendorId: "PVUKU01" },
  { source: "uptimerobot", name: "UptimeRobot", site: "https://uptimerobot.com", vendorId: "PVURO01" },
  { source: "pingdom", name: "Pingdom", site: "https://www.pingdom.com", vendorId: "PVPIN01" },
  { source: "statuscake", name: "StatusCake", site: "https://www.statuscake.com", vendorId: "PVSCA01" },
  { source: "checkly", name: "Checkly", site: "https://www.checklyhq.com", vendorId: "PVCLY01" },
  { source: "nagios", name: "Nagios", site: "https://www.nagios.org", vendorId: "PVNAG01" },
  {
    source: "icinga",
    name: "Icinga",
    site: "https://icinga.com",
    vendorId: "PVICI01",
    vendorName: "Icinga 2",
  },
  { source: "checkmk", name: "Checkmk", site: "https://checkmk.com", vendorId: "PVCHK01" },
  { source: "librenms", name: "LibreNMS", site: "https://www.librenms.org", vendorId: "PVLNM01" },
  { source: "graylog", name: "Graylog", site: "https://graylog.org", vendorId: "PVGRL01" },
  { source: "axiom", name: "Axiom", site: "https://axiom.co", vendorId: "PVAXI01" },
  { source: "dash0", name: "Dash0", site: "https://www.dash0.com", vendorId: "PVDA001" },
  { source: "jira", name: "Jira", site: "https://www.atlassian.com/software/jira", vendorId: "PVJIR01" },
  {
    source: "statuspage",
    name: "Statuspage",
    site: "https://www.atlassian.com/software/statuspage",
    vendorId: "PVSTP01",
  },
  {
    source: "opsgenie",
    name: "Opsgenie",
    site: "https://www.atlassian.com/software/opsgenie",
    vendorId: "PVOPG01",
  },
  { source: "pagerduty", name: "PagerDuty", site: "https://www.pagerduty.com", vendorId: "PVPDY01" },
];
