import type { LayerDefinition, LayerRestriction } from "#lib/on-call/schedule";
import { turnLengthSeconds } from "#lib/on-call/turn-length";

const WEEK_SECONDS = 7 * 86_400;

/** How often, at most, somebody comes on call by the layer within a week: what it costs to ask about it. */
export function changesPerWeek({ rotation, turns, restrictions, ownHours = [] }: LayerDefinition): number {
  const people = Math.max(1, ...turns.map((group) => group.length));
  const handOffs = WEEK_SECONDS / turnLengthSeconds(rotation);
  return (handOffs + timesOf(restrictions) + timesOf(ownHours)) * people;
}

function timesOf(restrictions: readonly LayerRestriction[]): number {
  return restrictions.reduce((sum, { type }) => sum + (type === "daily" ? 7 : 1), 0);
}
