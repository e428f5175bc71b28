import type { Database } from "#db/connect";
import type { OnCallFacts } from "#lib/escalation/choose-people";
import type { PolicySnapshot } from "#lib/escalation/policy";
import { explainEntry, loadOnCallFacts } from "#lib/incidents/commands/load-on-call";
import { loadScheduleFacts } from "#lib/on-call/queries/schedule-facts";
import { whoIsOnCall } from "#lib/on-call/resolve";
import type { ScheduleWindow } from "#lib/on-call/schedule";

/**
 * Who can be told at any instant of the window, for a policy and the one it hands over to. Everything is read once; only who is on
 * call is worked out for each instant.
 */
export async function loadFactsOverTime(
  db: Database,
  policy: PolicySnapshot,
  window: ScheduleWindow,
): Promise<(at: Date) => OnCallFacts> {
  const standing = await loadOnCallFacts(db, [policy], window.start);
  const targets = [policy, ...standing.policies.values()]
    .flatMap(({ levels }) => levels.flatMap((level) => level.targets))
    .filter(({ type }) => type === "schedule");
  const facts = await loadScheduleFacts(
    db,
    targets.map(({ id }) => id),
    window,
  );
  const names = new Map(targets.map(({ id, name }) => [id, name]));
  return (at) => ({
    ...standing,
    at,
    schedules: new Map(
      [...facts].map(([id, of]) => [
        id,
        whoIsOnCall(of, at).map((entry) => explainEntry(entry, names.get(id) ?? "a schedule")),
      ]),
    ),
  });
}
