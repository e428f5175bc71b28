import type { Level, Target } from "#lib/escalation/policy";

/** Whose turn it was last at a level. */
export type Ring = {
  /** Null: nobody's yet. */
  lastTargetId: string | null;
  /** Where that one stood; −1: nowhere yet. */
  lastIndex: number;
};

/** A turn that was taken: what the ring's row becomes. */
export type RingTurn = { levelId: string; policyId: string; lastTargetId: string; lastIndex: number };

const UNUSED: Ring = { lastTargetId: null, lastIndex: -1 };

/**
 * The targets of a level in the order of their turns, whoever had it last at the end. The ring goes on from the one who had it last,
 * wherever edits moved them, and from their place if they were taken out.
 */
export function inTurn({ targets }: Pick<Level, "targets">, ring: Ring = UNUSED): Target[] {
  const at = targets.findIndex(({ id }) => id === ring.lastTargetId);
  const first = at === -1 ? ring.lastIndex + (ring.lastTargetId === null ? 1 : 0) : at + 1;
  const start = targets.length === 0 ? 0 : Math.max(0, first) % targets.length;
  return [...targets.slice(start), ...targets.slice(0, start)];
}

/** The ring after `target` had its turn. */
export function takeTurn(level: Level, policyId: string, target: Target): RingTurn | null {
  if (level.id === null) return null;
  const lastIndex = level.targets.findIndex(({ id }) => id === target.id);
  return { levelId: level.id, policyId, lastTargetId: target.id, lastIndex };
}
