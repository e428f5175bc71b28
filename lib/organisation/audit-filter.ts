/** What the address of the audit log says; empty lists mean whatever. */
export type AuditView = {
  actorIds: string[];
  objectTypes: string[];
  actions: string[];
  objectId: string | null;
};

const KEYS = { actorIds: "actor", objectTypes: "object", actions: "action" } as const;

export type AuditFacetName = keyof typeof KEYS;

/** Reads the address: each facet is a list separated by commas. */
export function parseAuditFilter(parameters: URLSearchParams): AuditView {
  const list = (key: string) => (parameters.get(key) ?? "").split(",").filter((value) => value !== "");
  return {
    actorIds: list(KEYS.actorIds),
    objectTypes: list(KEYS.objectTypes),
    actions: list(KEYS.actions),
    objectId: parameters.get("id"),
  };
}

/** The view as a query string, keys in a fixed order; empty when it shows everything. */
export function auditQuery(view: AuditView): string {
  const parameters = new URLSearchParams();
  for (const facet of ["actorIds", "objectTypes", "actions"] as const) {
    if (view[facet].length > 0) parameters.set(KEYS[facet], view[facet].join(","));
  }
  if (view.objectId !== null) parameters.set("id", view.objectId);
  return parameters.toString().replaceAll("%2C", ",");
}

/** The view with one value of a facet switched on or off. */
export function toggleFacet(view: AuditView, facet: AuditFacetName, value: string): AuditView {
  const values = view[facet];
  return {
    ...view,
    [facet]: values.includes(value) ? values.filter((other) => other !== value) : [...values, value],
  };
}
