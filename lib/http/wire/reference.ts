import type { WireContext } from "#lib/http/wire/wire-context";

/** Where each kind of resource lives in the API and in the web pages. */
const PLACES = {
  user: { api: "users", web: "people" },
  team: { api: "teams", web: "teams" },
  service: { api: "services", web: "services" },
  escalation_policy: { api: "escalation_policies", web: "escalation" },
  schedule: { api: "schedules", web: "schedules" },
  incident: { api: "incidents", web: "incidents" },
  priority: { api: "priorities", web: null },
  vendor: { api: "vendors", web: null },
  license: { api: "licenses", web: null },
} as const;
export type ResourceKind = keyof typeof PLACES;

/** What every reference needs; `slug` is what the page's address has instead of the id, where it has. */
export type Named = { id: string; name: string; slug?: string | null };

export type WireReference = {
  id: string;
  type: string;
  summary: string;
  self: string | null;
  html_url: string | null;
};

/** The five members that every resource begins with. */
export function resourceHead(wire: WireContext, kind: ResourceKind, item: Named): WireReference {
  const place = PLACES[kind];
  return {
    id: item.id,
    type: kind,
    summary: item.name,
    self: `${wire.api}/${place.api}/${item.id}`,
    html_url:
      place.web === null ? null : `${wire.web}/${place.web}/${encodeURIComponent(item.slug ?? item.id)}`,
  };
}

/** A reference to a resource: its head with the type `<kind>_reference`. */
export function wireReference(wire: WireContext, kind: ResourceKind, item: Named): WireReference {
  return { ...resourceHead(wire, kind, item), type: `${kind}_reference` };
}

/** As wireReference for something below another resource, which has no page of its own. */
export function nestedReference(wire: WireContext, type: string, path: string, item: Named): WireReference {
  return { id: item.id, type, summary: item.name, self: `${wire.api}/${path}`, html_url: null };
}
