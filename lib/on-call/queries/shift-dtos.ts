import type { Database } from "#db/connect";
import type { Transaction } from "#lib/context";
import type { Gap } from "#lib/on-call/coverage";
import type { ShiftSource } from "#lib/on-call/schedule";
import { loadPersonRefs } from "#lib/people/queries/person-refs";
import type { PersonRef } from "#lib/people/queries/person-refs";

/** One person on call in [start, end); `end` null: without end. */
export type ShiftDto = {
  start: string;
  end: string | null;
  user: PersonRef;
  source: ShiftSource;
};

export type GapDto = { start: string; end: string; because: Gap["because"] };

type AnyShift = { start: Date; end: Date | null; userId: string; source: ShiftSource };

/** Puts names to shifts: everybody in one query, then each shift from memory. */
export async function loadShiftNames(
  db: Database | Transaction,
  shifts: Iterable<{ userId: string }>,
): Promise<(shift: AnyShift) => ShiftDto> {
  const people = await loadPersonRefs(
    db,
    [...shifts].map(({ userId }) => userId),
  );
  return ({ start, end, userId, source }) => ({
    start: start.toISOString(),
    end: end?.toISOString() ?? null,
    user: people.get(userId) ?? { id: userId, name: userId, timeZone: "Etc/UTC", isDeactivated: true },
    source,
  });
}

export function toGapDto({ start, end, because }: Gap): GapDto {
  return { start: start.toISOString(), end: end.toISOString(), because };
}
