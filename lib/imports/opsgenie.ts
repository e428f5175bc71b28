import { z } from "zod";
import { bodyOf, componentsOf, judgeTimes, skip, storable, titleOf } from "#lib/imports/imported-incident";
import type { ImportedAuthor, ImportedEntry, ParsedRecord } from "#lib/imports/imported-incident";
import { rankOf } from "#lib/imports/pagerduty";
import { importedInstant, readRecord } from "#lib/imports/read-record";

const milliseconds = z.number().nonnegative().nullish();

const alert = z.object({
  id: z.string().min(1).max(200),
  message: z.string(),
  description: z.string().nullish(),
  status: z.string(),
  priority: z.string().nullish(),
  entity: z.string().nullish(),
  source: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  createdAt: importedInstant,
  updatedAt: importedInstant.nullish(),
  report: z
    .object({
      ackTime: milliseconds,
      closeTime: milliseconds,
      acknowledgedBy: z.string().nullish(),
      closedBy: z.string().nullish(),
    })
    .nullish(),
  // Incidents have these, alerts don't.
  impactedServices: z.array(z.string()).nullish(),
  impactStartDate: importedInstant.nullish(),
  impactEndDate: importedInstant.nullish(),
});
type Alert = z.infer<typeof alert>;

const SERVICE_TAG = /^service:\s*(.+)$/i;

/**
 * Reads one alert (`GET /v2/alerts`) or incident (`GET /v1/incidents`) of Opsgenie's REST API. An alert is an incident here: it is
 * what people were woken for. Its service is the first impacted service, the tag `service:…`, or its entity.
 */
export function parseOpsgenieRecord(text: string): ParsedRecord {
  const read = readRecord(alert, text, "lacks what an incident needs");
  if (read.kind === "skipped") return read;
  const { data } = read;
  const resolvedAt = endOf(data);
  if (data.status === "open" || !resolvedAt) {
    return skip("is not resolved yet", `${data.id} “${data.message.slice(0, 80)}”`);
  }
  const rank = rankOf(data.priority ?? "");
  return judgeTimes({
    externalId: `opsgenie/${data.id}`,
    title: titleOf(data.message),
    body: bodyOf(data.description),
    url: null,
    components: componentsOf(servicesOf(data)),
    urgency: rank !== null && rank >= 4 ? "low" : "high",
    priorityRank: rank,
    detectionSource: "unknown",
    customerImpact: data.impactStartDate ? true : null,
    startedAt: startOf(data),
    createdAt: data.createdAt,
    mitigatedAt: data.impactEndDate ?? null,
    resolvedAt,
    resolvedBy: authorOf(data.report?.closedBy),
    entries: acknowledgementOf(data),
  });
}

function endOf({ createdAt, updatedAt, status, report, impactEndDate }: Alert): Date | null {
  if (report?.closeTime) return new Date(createdAt.getTime() + report.closeTime);
  return status === "open" ? null : (updatedAt ?? impactEndDate ?? null);
}

function startOf({ impactStartDate, createdAt }: Alert): Date {
  return impactStartDate && impactStartDate < createdAt ? impactStartDate : createdAt;
}

function servicesOf({ impactedServices, tags, entity }: Alert): (string | null | undefined)[] {
  const tagged = (tags ?? []).map((tag) => SERVICE_TAG.exec(tag)?.[1]);
  return [...(impactedServices ?? []), ...tagged, entity];
}

function acknowledgementOf({ createdAt, report }: Alert): ImportedEntry[] {
  if (!report?.ackTime) return [];
  const at = new Date(createdAt.getTime() + report.ackTime);
  const by = authorOf(report.acknowledgedBy);
  return [{ at, key: "acknowledgement", type: "acknowledge", by, note: null, data: {} }];
}

/** Their reports name people by address and machines by the name of an integration. */
function authorOf(name: string | null | undefined): ImportedAuthor | null {
  const text = storable(name ?? "", 255);
  if (text === "") return null;
  const isPerson = text.includes("@");
  return { name: text, email: isPerson ? text : null, isPerson };
}
