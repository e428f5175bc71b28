import { linkTo } from "#lib/events/attachments";
import { dedupKeyFrom } from "#lib/events/dedup-key";
import { plainText, readDetails, readSummary } from "#lib/events/event-fields";
import type { Warnings } from "#lib/events/event-fields";
import { isObject } from "#lib/events/json";
import { mapSeverity } from "#lib/events/severity";
import { findLabel, readLabels } from "#lib/events/sources/labels";
import { parseEach } from "#lib/events/sources/parse-each";
import type { ItemOutcome } from "#lib/events/sources/parse-each";
import { present } from "#lib/events/sources/prometheus-alert";
import type { ParsedPayload, SourceContext } from "#lib/events/sources/source";
import { quoted } from "#lib/events/storable-text";
import { secureUrl } from "#lib/events/web-url";

const FIRING = new Set(["alerting", "no_data"]);
const QUIET = new Set(["pending", "paused"]);

/** Legacy alerting (Grafana 8 and older) names the rule at the top and sends one rule at a time. */
export function isLegacyGrafana(payload: Record<string, unknown>): boolean {
  return identity(payload) !== null;
}

export function parseLegacyGrafana(payload: Record<string, unknown>, context: SourceContext): ParsedPayload {
  return parseEach({
    items: [payload],
    warnings: [],
    bodyWith: () => payload,
    judge: (item) => judge(item, context),
  });
}

function judge(item: Record<string, unknown>, context: SourceContext): ItemOutcome {
  const warnings: Warnings = [];
  const state = (plainText(item.state) ?? "").trim().toLowerCase();
  if (QUIET.has(state)) return { kind: "ignored", reason: `The rule is ${state}, which pages nobody` };
  if (!FIRING.has(state) && state !== "ok") {
    warnings.push(`State ${quoted(state)} is not known, taken as firing`);
  }
  const rule = plainText(item.ruleName);
  const severity = mapSeverity(severityTag(item), context.defaultSeverity);
  if (severity.warning !== null) warnings.push(severity.warning);
  const written = plainText(item.title) ?? rule;
  const src = secureUrl(item.imageUrl);
  return {
    kind: "event",
    event: {
      action: state === "ok" ? "resolve" : "trigger",
      dedupKey: dedupKeyFrom(identity(item) ?? "grafana"),
      summary: readSummary(written, "title", warnings) ?? "Alert without a name",
      source: "Grafana",
      severity: severity.severity,
      timestamp: null,
      component: null,
      group: null,
      class: readSummary(rule, "ruleName", warnings),
      customDetails: readDetails(details(item), "alert", warnings),
      links: linkTo(item.ruleUrl, "ruleUrl", "Rule", warnings),
      images: src === null ? [] : [{ src, href: null, alt: "Panel" }],
      client: "Grafana",
      clientUrl: null,
      warnings,
    },
  };
}

/** Rule ids are unique in an organisation; a test notification has rule 0. */
function identity(payload: Record<string, unknown>): string | null {
  const ruleId = plainText(payload.ruleId);
  if (ruleId === null) return null;
  const org = plainText(payload.orgId) ?? "1";
  const dashboard = plainText(payload.dashboardId) ?? "0";
  return `grafana:${org}:${dashboard}:${ruleId}`;
}

function severityTag(item: Record<string, unknown>): string | null {
  const matches = item.evalMatches;
  const tagged = [item, ...(Array.isArray(matches) ? matches.slice(0, 100) : [])].filter(isObject);
  for (const holder of tagged) {
    const severity = findLabel(readLabels(holder.tags), "severity");
    if (severity !== null) return severity;
  }
  return null;
}

function details(item: Record<string, unknown>): Record<string, unknown> {
  const names = ["state", "message", "evalMatches", "tags", "ruleId", "orgId", "dashboardId", "panelId"];
  return present(Object.fromEntries(names.map((name) => [name, item[name]])));
}
