import { DEFAULT_MAPPING } from "#lib/events/json-mapping";
import type { JsonMapping } from "#lib/events/json-mapping";
import { compileMapping } from "#lib/events/queries/compile-mapping";
import { adapterFor } from "#lib/events/sources/adapters";
import { JSON_SOURCE } from "#lib/events/sources/json";
import type { SourceAdapter } from "#lib/events/sources/source";

/** The mapping of an integration that is in force. `version` 0: the default. */
export type MappingInForce = { integrationId: string; version: number; mapping: JsonMapping };

const MOST = 1000;
/** By integration and version, which never changes: each is compiled once a process. */
const compiled = new Map<string, SourceAdapter>();
const fallback = { adapter: null as SourceAdapter | null };

/** The adapter of a source, null for one that is not known. JSON is read by the integration's mapping; null: by the default. */
export function sourceAdapter(source: string, inForce: MappingInForce | null): SourceAdapter | null {
  if (source !== JSON_SOURCE) return adapterFor(source);
  if (inForce === null || inForce.version === 0) {
    fallback.adapter ??= compileMapping(DEFAULT_MAPPING).adapter;
    return fallback.adapter;
  }
  const key = `${inForce.integrationId} ${inForce.version}`;
  const known = compiled.get(key);
  if (known) return known;
  const { adapter } = compileMapping(inForce.mapping);
  if (compiled.size >= MOST) compiled.clear();
  compiled.set(key, adapter);
  return adapter;
}
