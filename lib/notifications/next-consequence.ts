import type { PolicySnapshot } from "#lib/escalation/policy";

/**
 * Who an incident goes to when its level's time is up: the names of the next level's targets, from the first level again while
 * passes are left; null at the end of the policy. `level` is the one entered last, 1-based; `loop` counts completed passes.
 */
export function nextTargetNames(snapshot: PolicySnapshot, level: number, loop: number): string | null {
  const again = loop < snapshot.numLoops || snapshot.nobodyAnswered.repeat;
  const next = snapshot.levels[level] ?? (again ? snapshot.levels[0] : undefined);
  const names = next?.targets.map((target) => target.name) ?? [];
  if (!next || names.length === 0) return null;
  return next.strategy === "everyone" || names.length === 1 ? names.join(", ") : `one of ${names.join(", ")}`;
}
