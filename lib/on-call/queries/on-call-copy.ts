import type { Context } from "#lib/context";
import { listOnCallNow } from "#lib/on-call/queries/on-call-table";

export type OnCallCopy = {
  policies: { name: string; levels: { level: number; people: { name: string; until: string | null }[] }[] }[];
};

/** Who is on call now, for a device to keep until it is back on the network: names and times, no addresses or numbers. */
export async function readOnCallCopy(ctx: Context): Promise<OnCallCopy> {
  const rows = await listOnCallNow(ctx);
  return {
    policies: rows.map(({ policy, levels }) => ({
      name: policy.name,
      levels: levels.map(({ level, people }) => ({
        level,
        people: people.map(({ user, until }) => ({ name: user.name, until })),
      })),
    })),
  };
}
