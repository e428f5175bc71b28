import type { Severity } from "#lib/alerts/vocabulary";
import { linkTo } from "#lib/events/attachments";
import { dedupKeyFrom } from "#lib/events/dedup-key";
import { MAX_LABEL_LENGTH } from "#lib/events/event";
import type { EventImage, EventLink, NormalisedEvent } from "#lib/events/event";
import { plainText, readDetails, readLine, readSummary, readTimestamp } from "#lib/events/event-fields";
import type { Warnings } from "#lib/events/event-fields";
import { labelHash } from "#lib/events/label-hash";
import { mapSeverity } from "#lib/events/severity";
import { findLabel, readLabels } from "#lib/events/sources/labels";
import type { Labels } from "#lib/events/sources/labels";
import { quoted, truncate } from "#lib/events/storable-text";
import { webUrl } from "#lib/events/web-url";

/** What the alerts of one notification have in common. */
export interface AlertGroup {
  status: string | null;
  /** Labels that all alerts share; stand in for one that an alert lacks. */
  labels: Labels;
  annotations: Labels;
  client: string;
  clientUrl: string | null;
  details: Record<string, unknown>;
}

export interface AlertExtras {
  links?: EventLink[];
  images?: EventImage[];
  details?: Record<string, unknown>;
  /** Stands in when no annotation has a title. */
  title?: string | null;
}

export interface PrometheusAlert {
  item: Record<string, unknown>;
  labels: Labels;
  annotations: Labels;
  action: "trigger" | "resolve";
  dedupKey: string;
  warnings: Warnings;
}

const STATES: Readonly<Record<string, "trigger" | "resolve">> = {
  firing: "trigger",
  alerting: "trigger",
  resolved: "resolve",
  ok: "resolve",
  normal: "resolve",
};

export function readAlertGroup(payload: Record<string, unknown>, client: string): AlertGroup {
  return {
    status: shortText(payload.status),
    labels: readLabels(payload.groupLabels, payload.commonLabels),
    annotations: readLabels(payload.commonAnnotations),
    client,
    clientUrl: webUrl(payload.externalURL),
    details: present({
      receiver: shortText(payload.receiver),
      groupKey: shortText(payload.groupKey),
      orgId: shortText(payload.orgId),
    }),
  };
}

/** Identity and state of one alert, or null when it has neither a fingerprint nor labels to know it by. */
export function readPrometheusAlert(
  item: Record<string, unknown>,
  group: AlertGroup,
): PrometheusAlert | null {
  const labels = readLabels(item.labels);
  const fingerprint = plainText(item.fingerprint);
  if (fingerprint === null && labels.byName.size === 0) return null;
  const warnings: Warnings = [];
  return {
    item,
    labels,
    annotations: readLabels(item.annotations),
    action: readState(plainText(item.status) ?? group.status, warnings),
    dedupKey: dedupKeyFrom(fingerprint ?? labelHash(labels.byName)),
    warnings,
  };
}

/** Turns an alert into an event. The instant is when it began firing, or when it ended if it is resolved. */
export function prometheusEvent(
  alert: PrometheusAlert,
  group: AlertGroup,
  fallbackSeverity: Severity,
  extras: AlertExtras = {},
): NormalisedEvent {
  const { item, labels, annotations, warnings } = alert;
  const label = (...names: string[]) =>
    readLine(findLabel(labels, ...names), names[0] ?? "", MAX_LABEL_LENGTH, warnings);
  const summary = title(alert, group, extras.title ?? null);
  const severity = mapSeverity(
    findLabel(labels, "severity") ?? findLabel(group.labels, "severity"),
    fallbackSeverity,
  );
  if (severity.warning !== null) warnings.push(severity.warning);
  const time = alert.action === "trigger" ? "startsAt" : "endsAt";
  const details = {
    labels: Object.fromEntries(labels.byName),
    annotations: Object.fromEntries(annotations.byName),
    ...present({ startsAt: item.startsAt, endsAt: item.endsAt }),
    ...group.details,
    ...extras.details,
  };
  const links = [...alertLinks(alert, warnings), ...(extras.links ?? [])];
  return {
    action: alert.action,
    dedupKey: alert.dedupKey,
    summary: readSummary(summary, "summary", warnings) ?? "Alert without a name",
    source: label("instance", "pod", "node", "host", "hostname", "job") ?? group.client,
    severity: severity.severity,
    timestamp: readTimestamp(item[time], time, warnings),
    component: label("component", "service", "job"),
    group: label("group", "cluster", "namespace", "grafana_folder"),
    class: label("alertname"),
    customDetails: readDetails(details, "alert", warnings),
    links,
    images: extras.images ?? [],
    client: group.client,
    clientUrl: group.clientUrl,
    warnings,
  };
}

/** What is repeated in each event of a notification is bounded, or a thousand alerts would multiply it. */
function shortText(value: unknown): string | null {
  const text = plainText(value);
  return text === null ? null : truncate(text, MAX_LABEL_LENGTH);
}

/** Leaves out what was not sent. */
export function present(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== ""),
  );
}

/** A word that is not known counts as firing: better one page too many than a lost one. */
function readState(status: string | null, warnings: Warnings): "trigger" | "resolve" {
  const word = (status ?? "").trim().toLowerCase();
  if (Object.hasOwn(STATES, word)) return STATES[word] ?? "trigger";
  warnings.push(
    status === null
      ? "The alert states neither firing nor resolved, taken as firing"
      : `State ${quoted(status)} is not known, taken as firing`,
  );
  return "trigger";
}

function title(alert: PrometheusAlert, group: AlertGroup, fallback: string | null): string {
  const names = ["summary", "title", "description", "message"];
  const written = findLabel(alert.annotations, ...names) ?? findLabel(group.annotations, ...names);
  if (written !== null) return written;
  const name = fallback ?? findLabel(alert.labels, "alertname") ?? findLabel(group.labels, "alertname");
  const where = findLabel(alert.labels, "instance", "pod", "node", "host", "hostname");
  if (name !== null) return where === null ? name : `${name} on ${where}`;
  return [...alert.labels.byName].map(([key, value]) => `${key}=${value}`).join(", ");
}

function alertLinks(alert: PrometheusAlert, warnings: Warnings): EventLink[] {
  const { item, annotations } = alert;
  const runbook = findLabel(annotations, "runbook_url", "runbookUrl");
  const dashboard = findLabel(annotations, "dashboard_url", "dashboardUrl");
  return [
    ...linkTo(item.generatorURL, "generatorURL", "Rule", warnings),
    ...linkTo(runbook ?? webUrl(findLabel(annotations, "runbook")), "runbook_url", "Runbook", warnings),
    ...linkTo(
      dashboard ?? webUrl(findLabel(annotations, "dashboard")),
      "dashboard_url",
      "Dashboard",
      warnings,
    ),
  ];
}
