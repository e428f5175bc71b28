import type { Subject } from "#lib/rules/evaluate";

/** An event as conditions and templates name it: the fields of the Events API. */
export function wireEvent({ event, dedupKey }: Pick<Subject, "event" | "dedupKey">): Record<string, unknown> {
  return {
    action: event.action,
    dedup_key: dedupKey,
    summary: event.summary,
    source: event.source,
    severity: event.severity,
    timestamp: event.timestamp,
    component: event.component,
    group: event.group,
    class: event.class,
    custom_details: event.customDetails,
    links: event.links,
    client: event.client,
    client_url: event.clientUrl,
  };
}

/**
 * What conditions and templates can read. `vars`: what rules found before; `cache`: what cache variables hold; `raw`: the source's own
 * message, where it was kept.
 */
export const ROOTS = ["event", "raw", "vars", "cache"] as const;
