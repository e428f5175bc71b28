import { SEVERITIES } from "#lib/alerts/vocabulary";
import type { Severity } from "#lib/alerts/vocabulary";
import { quoted } from "#lib/events/storable-text";

/** Used when neither the event nor the integration says how bad it is; high urgency under a severity-based rule. */
export const DEFAULT_SEVERITY: Severity = "error";

/**
 * The words and scales that monitors use, without case and punctuation. Bare numbers count as priorities (1 is the worst);
 * sources that count the other way round map their own.
 */
const WORDS: Record<Severity, string> = {
  critical:
    "critical crit fatal emergency emerg panic disaster outage down page pager urgent highest blocker severe p0 p1 sev0 sev1 s0 s1 0 1",
  error: "error err high major failure failed alert alerting p2 sev2 s2 2",
  warning: "warning warn medium moderate minor average degraded ticket p3 sev3 s3 3",
  info: "info information informational notice normal low lowest debug trivial log none ok success notclassified p4 p5 sev4 sev5 s4 s5 4 5",
};
const SEVERITY_BY_WORD = new Map(
  SEVERITIES.flatMap((severity) => WORDS[severity].split(" ").map((word) => [word, severity] as const)),
);
const NOT_GIVEN = new Set(["noseverity", "unknown", "default", "null", "undefined"]);

export interface MappedSeverity {
  severity: Severity;
  warning: string | null;
}

/**
 * Maps a monitor's free text or number to a severity. A missing one takes the fallback silently; one that is not understood
 * takes it with a warning.
 */
export function mapSeverity(value: unknown, fallback: Severity): MappedSeverity {
  const text = typeof value === "string" || typeof value === "number" ? String(value) : "";
  const word = text
    .slice(0, 100)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
  const severity = SEVERITY_BY_WORD.get(word) ?? fallback;
  if (SEVERITY_BY_WORD.has(word) || NOT_GIVEN.has(word) || isMissing(value))
    return { severity, warning: null };
  return { severity, warning: `Severity ${quoted(text)} is not known, taken as ${fallback}` };
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === "string" && value.trim() === "");
}
