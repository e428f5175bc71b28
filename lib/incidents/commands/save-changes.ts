import { and, eq, inArray, sql } from "drizzle-orm";
import { insertMany } from "#db/insert-many";
import { alerts } from "#db/schema/events";
import {
  coverageGaps,
  incidentAcknowledgements,
  incidentAssignments,
  incidents,
  logEntries,
  pendingActions,
} from "#db/schema/incidents";
import { audit } from "#lib/context";
import type { Actor, TransactionContext } from "#lib/context";
import { joinByActing } from "#lib/incidents/commands/settle-answers";
import { writeRings } from "#lib/incidents/commands/write-rings";
import { newId } from "#lib/ids";
import { refreshFacts } from "#lib/incidents/commands/refresh-facts";
import { auditedChange } from "#lib/incidents/audited-change";
import { tellOfChange } from "#lib/incidents/changed-notice";
import type { IncidentChange, IncidentState } from "#lib/incidents/incident";
import { watchedSchedules } from "#lib/incidents/shift-change";
import type { Urgency } from "#lib/incidents/vocabulary";
import { cancelPages } from "#lib/notifications/commands/cancel-pages";
import { createPages } from "#lib/notifications/commands/create-pages";
import type { PageRequest } from "#lib/notifications/commands/create-pages";
import { queueChannelPosts } from "#lib/notifications/commands/queue-channel-posts";
import { sendNotices } from "#lib/notifications/commands/send-notices";
import type { NoticeRequest } from "#lib/notifications/commands/send-notices";
import { publish } from "#lib/outbox";

/**
 * A decided transition. `actor` is who did it, where that isn't the transaction's own actor. `isNew`: the incident was inserted by this
 * transaction, so nothing stored hangs on it that would have to go.
 */
export type SavedChange = { state: IncidentState; change: IncidentChange; actor?: Actor; isNew?: boolean };

/**
 * Writes transitions: state, log entries, pending actions, cancelled and new pages, facts, event stream and audit, all in the
 * surrounding transaction. The states must be locked by it. Two statements a kind of row, however many incidents.
 */
export async function saveChanges(scope: TransactionContext, changes: readonly SavedChange[]): Promise<void> {
  if (changes.length === 0) return;
  const stored = changes.filter(({ isNew }) => !isNew);
  // Cancelling comes first: the pages of the new step must not be caught by it.
  await cancelAll(scope, stored);
  await joinByActing(
    scope,
    changes.flatMap(({ state, change }) => (change.topic === "incident.acknowledged" ? state.id : [])),
  );
  await updateRows(scope, changes);
  await removeReplaced(scope, stored);
  await insertRows(scope, changes);
  await writeRings(scope, changes);
  await writeGaps(scope, changes);
  await resolveAlerts(scope, changes);
  await queueChannelPosts(
    scope,
    changes.flatMap(({ state, change }) =>
      (change.patch.status ?? state.status) === "triggered" ? state.id : [],
    ),
  );
  await createPages(scope, [
    ...changes.flatMap(pageRequests),
    ...changes.flatMap((entry) => changedRequests(entry, scope.actor)),
  ]);
  await sendNotices(scope, changes.flatMap(noticeRequests));
  await refreshFacts(
    scope,
    changes.map(({ state }) => state.id),
  );
  await audit(
    scope,
    ...changes
      .filter(({ actor = scope.actor }) => actor.type !== "integration")
      .map(({ state, change }) => ({
        action: change.topic,
        objectType: "incident",
        objectId: state.id,
        objectName: `#${state.number} ${state.title}`,
        ...auditedChange(state, change),
      })),
  );
}

/** The number of the step that a change with pages begins. */
export function stepAfter({ state, change }: SavedChange): number {
  return change.pages ? state.step + 1 : state.step;
}

async function cancelAll(scope: TransactionContext, changes: readonly SavedChange[]) {
  const cancelling = changes.flatMap(({ state, change }) =>
    change.cancelPages
      ? [{ ...change.cancelPages, id: state.id, isOver: change.patch.status === "resolved" }]
      : [],
  );
  const alike = Map.groupBy(cancelling, ({ because, isOver, userIds = ["all"] }) =>
    [isOver, because, ...userIds].join(),
  );
  for (const group of alike.values()) {
    const [first] = group;
    if (!first) continue;
    const { because, isOver, userIds } = first;
    await cancelPages(
      scope,
      group.map(({ id }) => id),
      because,
      { isOver, ...(userIds && { onlyUserIds: userIds }) },
    );
  }
}

async function updateRows(scope: TransactionContext, changes: readonly SavedChange[]) {
  // In a spike hundreds of incidents change in the same way: those share one statement.
  const alike = new Map<string, { ids: string[]; values: ReturnType<typeof newValues> }>();
  for (const entry of changes) {
    const values = newValues(scope, entry);
    const key = JSON.stringify(values);
    const group = alike.get(key);
    if (group) group.ids.push(entry.state.id);
    else alike.set(key, { ids: [entry.state.id], values });
  }
  // Sent together: the driver pipelines them, so a batch costs one round trip.
  await Promise.all(
    [...alike.values()].map(({ ids, values }) =>
      scope.tx.update(incidents).set(values).where(inArray(incidents.id, ids)),
    ),
  );
}

function newValues(scope: TransactionContext, entry: SavedChange) {
  const { state, change, actor = scope.actor } = entry;
  const by = { type: actor.type, id: actor.id, name: actor.name };
  const statusChanged = change.patch.status !== undefined && change.patch.status !== state.status;
  return {
    ...change.patch,
    watchedScheduleIds: watchedSchedules({
      ...state,
      ...change.patch,
      policy: change.patch.policySnapshot ?? state.policy,
    }),
    step: stepAfter(entry),
    generation: state.generation + 1,
    updatedAt: scope.now,
    ...(statusChanged ? { lastStatusChangeAt: scope.now, lastStatusChangeBy: by } : {}),
  };
}

/** People and timers that the changes put others in the place of. */
async function removeReplaced({ tx }: TransactionContext, stored: readonly SavedChange[]) {
  if (stored.length === 0) return;
  const of = (replaces: (change: IncidentChange) => boolean) =>
    stored.flatMap(({ state, change }) => (replaces(change) ? state.id : []));
  const assigned = of(({ assignees }) => assignees !== undefined);
  const acknowledged = of(({ acknowledgers }) => acknowledgers !== undefined);
  const ids = stored.map(({ state }) => state.id);
  // A statement each and sent together: the driver pipelines them, so they cost one round trip. A second statement that waits for its
  // first would, after an error, be sent when the transaction is over already.
  await Promise.all([
    tx.delete(incidentAssignments).where(inArray(incidentAssignments.incidentId, assigned)),
    tx.delete(incidentAcknowledgements).where(inArray(incidentAcknowledgements.incidentId, acknowledged)),
    tx.delete(pendingActions).where(inArray(pendingActions.incidentId, ids)),
  ]);
}

/** The people, timers, log entries and news of the changes, sent together as above; and wakes whoever they concern. */
async function insertRows(scope: TransactionContext, changes: readonly SavedChange[]) {
  const pending = changes.flatMap(({ state, change }) =>
    (change.pending ?? state.pending).map((action) => ({
      incidentId: state.id,
      type: action.type,
      at: action.at,
      to: action.to ?? null,
      generation: state.generation + 1,
    })),
  );
  const peopleOf = (named: (change: IncidentChange) => readonly string[] | undefined) =>
    changes.flatMap(({ state, change }) =>
      (named(change) ?? []).map((userId) => ({ incidentId: state.id, userId, at: scope.now })),
    );
  // Messages that stand in chats show the status: the engine changes them once this commits.
  const moved = changes.some(({ state, change }) => (change.patch.status ?? state.status) !== state.status);
  const woken = [
    ...(pending.length > 0 ? ["pending-actions"] : []),
    ...(moved ? ["chat-messages", "channel-posts"] : []),
  ];
  await Promise.all([
    insertMany(
      scope.tx,
      incidentAssignments,
      peopleOf(({ assignees }) => assignees),
    ),
    insertMany(
      scope.tx,
      incidentAcknowledgements,
      peopleOf(({ acknowledgers }) => acknowledgers),
    ),
    insertMany(scope.tx, pendingActions, pending),
    insertMany(scope.tx, logEntries, logRows(scope, changes)),
    publish(
      scope,
      ...changes.map(({ state, change }) => ({
        topic: change.topic,
        entityType: "incident",
        entityId: state.id,
        data: { number: state.number, serviceId: state.serviceId },
      })),
    ),
    ...(woken.length > 0
      ? [
          scope.tx.execute(
            sql`select pg_notify('touchline_engine', name) from unnest(${sql.param(woken)}::text[]) as name`,
          ),
        ]
      : []),
  ]);
}

function logRows({ now, actor: doer }: TransactionContext, changes: readonly SavedChange[]) {
  return changes.flatMap(({ state, change, actor = doer }) =>
    change.log.map((entry) => ({
      id: entry.id ?? newId(now.getTime()),
      incidentId: state.id,
      type: entry.type,
      class: entry.class,
      at: now,
      actorType: actor.type,
      actorId: actor.id,
      actorName: actor.name,
      channel: actor.channel,
      userId: entry.userId ?? null,
      note: entry.note ?? null,
      data: entry.data ?? {},
    })),
  );
}

async function writeGaps({ tx, now }: TransactionContext, changes: readonly SavedChange[]) {
  const gaps = changes.flatMap(({ state, change }) =>
    (change.coverageGaps ?? []).map((gap) => ({
      id: newId(now.getTime()),
      incidentId: state.id,
      policyId: state.policy.policyId,
      level: gap.level,
      at: now,
      because: gap.because,
    })),
  );
  if (gaps.length > 0) await tx.insert(coverageGaps).values(gaps);
}

async function resolveAlerts(scope: TransactionContext, changes: readonly SavedChange[]) {
  const ids = changes.filter(({ change }) => change.resolveAlerts).map(({ state }) => state.id);
  if (ids.length === 0) return;
  await scope.tx
    .update(alerts)
    .set({ status: "resolved", resolvedAt: scope.now })
    .where(and(inArray(alerts.incidentId, ids), eq(alerts.status, "triggered")));
}

function pageRequests(entry: SavedChange) {
  const urgency: Urgency = entry.change.urgency ?? entry.state.urgency;
  return (entry.change.pages ?? []).map((page) => ({
    incidentId: entry.state.id,
    userId: page.userId,
    step: stepAfter(entry),
    reason: page.reason,
    urgency,
    level: page.level,
    trace: page.trace,
  }));
}

/** News of the change to those who held the incident, by their rules for changes. */
function changedRequests({ state, change, actor }: SavedChange, doer: Actor): PageRequest[] {
  const told = tellOfChange(state, change, actor ?? doer);
  return (told?.userIds ?? []).map((userId) => ({
    incidentId: state.id,
    userId,
    step: state.step,
    reason: "changed",
    urgency: "low",
    level: null,
    trace: [],
    ...(told && { notice: { says: told.says, key: `changed ${state.id} ${state.generation + 1}` } }),
  }));
}

function noticeRequests(entry: SavedChange): NoticeRequest[] {
  const { state, change } = entry;
  return (change.notices ?? []).map(({ userId, title, lines }) => ({
    userId,
    reason: "schedule_changed",
    key: `incident ${state.id}, step ${stepAfter(entry)}`,
    says: { title, lines, path: `/incidents/${state.number}` },
  }));
}
