import { matchesWords } from "#lib/on-call/directory";
import { HEALTH_STATES } from "#lib/services/health";
import type { Health } from "#lib/services/health";

/** What the address of the catalogue says; null: whatever. */
export type CatalogueFilter = {
  query: string;
  /** A team's slug, or "none": services that nobody owns. */
  team: string | null;
  tier: number | null;
  health: Health | null;
};

export const NO_OWNER = "none";

/** What the catalogue can be narrowed by. */
export type FilteredService = {
  name: string;
  description: string | null;
  tier: number;
  health: Health;
  team: { name: string; slug: string } | null;
  policy: { name: string };
  onCall: readonly { people: readonly { name: string }[] }[];
};

/** Reads the address; what means nothing is left out. */
export function parseCatalogueFilter(parameters: URLSearchParams): CatalogueFilter {
  const tier = Number(parameters.get("tier"));
  const health = parameters.get("health");
  return {
    query: parameters.get("q") ?? "",
    team: parameters.get("team"),
    tier: [1, 2, 3, 4].includes(tier) ? tier : null,
    health: HEALTH_STATES.find((state) => state === health) ?? null,
  };
}

/** The catalogue's address with this filter. */
export function catalogueHref({ query, team, tier, health }: CatalogueFilter): string {
  const parameters = new URLSearchParams();
  if (query.trim() !== "") parameters.set("q", query.trim());
  if (team !== null) parameters.set("team", team);
  if (tier !== null) parameters.set("tier", String(tier));
  if (health !== null) parameters.set("health", health);
  const text = parameters.toString();
  return text === "" ? "/services" : `/services?${text}`;
}

/** Those that fulfil every condition; words are looked for in names, purposes, teams, policies and who is on call. */
export function filterCatalogue<S extends FilteredService>(
  services: readonly S[],
  filter: CatalogueFilter,
): S[] {
  return services.filter(
    (service) =>
      (filter.team === null ||
        (filter.team === NO_OWNER ? service.team === null : service.team?.slug === filter.team)) &&
      (filter.tier === null || service.tier === filter.tier) &&
      (filter.health === null || service.health === filter.health) &&
      matchesWords(textsOf(service), filter.query),
  );
}

function textsOf({ name, description, team, policy, onCall }: FilteredService): string[] {
  const people = onCall.flatMap((level) => level.people.map((person) => person.name));
  return [name, description ?? "", team?.name ?? "", policy.name, ...people];
}
