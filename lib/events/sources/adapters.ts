import { alertmanager } from "#lib/events/sources/alertmanager";
import { grafana } from "#lib/events/sources/grafana";
import type { SourceAdapter } from "#lib/events/sources/source";

const ADAPTERS = new Map([alertmanager, grafana].map((adapter) => [adapter.source, adapter]));

/** The adapter behind `/integrations/<source>/<key>`, null for a source that is not known. */
export function adapterFor(source: string): SourceAdapter | null {
  return ADAPTERS.get(source) ?? null;
}
