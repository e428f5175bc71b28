import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/context";
import type { FilterNames } from "#lib/reports/fact-matches";
import { codeOf, knownCodeOf } from "#lib/reports/queries/words";

/** What facts are of and are grouped by, as it is now. */
export type Catalogue = {
  services: { id: string; name: string; teamId: string | null; tier: number }[];
  teams: { id: string; name: string }[];
  /** The worst first. */
  priorities: { name: string; rank: number }[];
};

export async function readCatalogue(tx: Transaction): Promise<Catalogue> {
  const [services, teams, priorities] = await Promise.all([
    tx.execute<Catalogue["services"][number]>(
      sql`select id, name, team_id as "teamId", tier from services order by name, id`,
    ),
    tx.execute<Catalogue["teams"][number]>(sql`select id, name from teams order by name, id`),
    tx.execute<Catalogue["priorities"][number]>(sql`select name, rank from priorities order by rank`),
  ]);
  return { services: [...services], teams: [...teams], priorities: [...priorities] };
}

/** What a filter's ids and names stand for among columns that have been read: ask for it after they have. */
export function namesOf({ services, priorities }: Catalogue): FilterNames {
  return {
    codeOf: knownCodeOf,
    servicesOf: (team) => services.filter(({ teamId }) => teamId === team).map(({ id }) => codeOf(id)),
    rankOf: (wanted) => priorities.find(({ name }) => name === wanted)?.rank ?? null,
  };
}
