import type { TransactionContext } from "#lib/context";
import type { TraceStep } from "#lib/events/trace";
import type { Urgency } from "#lib/incidents/vocabulary";
import { createPages } from "#lib/notifications/commands/create-pages";
import type { Notice, NoticeReason } from "#lib/notifications/vocabulary";

export type NoticeRequest = {
  userId: string;
  reason: NoticeReason;
  /** Names what it is about: this person is told once under a key, however often it is asked for. */
  key: string;
  says: Notice;
  /** `low` unless somebody must act before the next working hours. */
  urgency?: Urgency;
  trace?: TraceStep[];
  /** Only these contact methods, as far as they can be used: those of the hand-off rule that is due, or those under test. */
  contactMethodIds?: readonly string[];
};

/** Tells people something that is about no incident, in the caller's transaction and by their own rules; answers how many were new. */
export async function sendNotices(
  scope: TransactionContext,
  notices: readonly NoticeRequest[],
): Promise<number> {
  const created = await createPages(
    scope,
    notices.map(({ userId, reason, key, says, urgency = "low", trace = [], contactMethodIds }) => ({
      incidentId: null,
      userId,
      step: 0,
      reason,
      urgency,
      level: null,
      trace,
      notice: { says, key },
      ...(contactMethodIds ? { contactMethodIds } : {}),
    })),
  );
  return created.length;
}
