import type { Severity } from "#lib/alerts/vocabulary";
import { parseBody } from "#lib/events/sources/body";
import type { ParsedPayload, SourceAdapter } from "#lib/events/sources/source";

/** For events that carry no severity, as Alertmanager's own PagerDuty receiver has it; high urgency where severity decides. */
const DEFAULT_SEVERITY: Severity = "error";

/** What a source's adapter makes of a request. */
export function parseSource(
  adapter: SourceAdapter,
  request: {
    contentType: string | null;
    headers: Readonly<Record<string, string>>;
    text: string;
  },
): ParsedPayload {
  const body = parseBody(request.contentType, request.text);
  const payload = body.kind === "parsed" ? body.payload : (adapter.readText?.(request.text) ?? null);
  if (body.kind === "unparsable" && payload === null) return { kind: "unrecognised", reason: body.reason };
  return adapter.parse(payload, { headers: request.headers, defaultSeverity: DEFAULT_SEVERITY });
}
