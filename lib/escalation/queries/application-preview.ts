import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { findOlderCopies } from "#lib/escalation/queries/older-copies";
import { getPolicy } from "#lib/escalation/queries/policies";
import { snapshotPolicy } from "#lib/escalation/queries/snapshot-policies";
import { applyPolicy } from "#lib/incidents/apply-policy";
import { loadOnCallFacts } from "#lib/incidents/commands/load-on-call";
import { readIncidents } from "#lib/incidents/commands/lock-incidents";
import { readNow } from "#lib/context";
import { afterTurns } from "#lib/escalation/choose-people";
import type { IncidentStatus } from "#lib/incidents/vocabulary";

type Person = { id: string; name: string };

/** What applying a policy would do to one open incident. */
export type AppliedIncident = {
  id: string;
  number: number;
  title: string;
  status: IncidentStatus;
  paged: Person[];
  dropped: Person[];
  /** When it goes on by itself; null: not. */
  nextAt: string | null;
};

export type ApplicationPreview = {
  /** The version that would be applied. */
  version: number;
  incidents: AppliedIncident[];
};

/** Whom applying the policy as it is now to its open incidents would page, with the decision that does; nothing is written. */
export async function previewApplication(ctx: Context, policyId: string): Promise<ApplicationPreview> {
  requirePermission(ctx.actor, "read");
  const { id, version } = await getPolicy(ctx, policyId);
  const [found, policy, now] = await Promise.all([
    findOlderCopies(ctx.db, { id, version }),
    snapshotPolicy(ctx.db, id),
    readNow(ctx.db),
  ]);
  if (found.length === 0) return { version, incidents: [] };
  const [states, known] = await Promise.all([
    readIncidents(
      ctx.db,
      found.map((incident) => incident.id),
    ),
    loadOnCallFacts(ctx.db, [policy], now),
  ]);
  let facts = known;
  return {
    version,
    incidents: [...states.values()].map((state) => {
      const change = applyPolicy(state, policy, facts, now);
      facts = afterTurns(facts, change.rings);
      const keeps = new Set(change.assignees ?? state.assignees.map(({ userId }) => userId));
      const due = (change.pending ?? state.pending).find(({ type }) => type === "escalate");
      return {
        id: state.id,
        number: state.number,
        title: state.title,
        status: state.status,
        paged: (change.pages ?? []).map(({ userId }) => ({
          id: userId,
          name: facts.people.get(userId)?.name ?? userId,
        })),
        dropped: state.assignees
          .filter(({ userId }) => !keeps.has(userId))
          .map(({ userId, name }) => ({ id: userId, name })),
        nextAt: due?.at.toISOString() ?? null,
      };
    }),
  };
}
