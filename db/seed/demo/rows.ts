import type { alerts } from "#db/schema/events";
import type {
  incidentAcknowledgements,
  incidentAssignments,
  incidents,
  logEntries,
  pendingActions,
} from "#db/schema/incidents";
import type { deliveries, deliveryStates, pages } from "#db/schema/notifications";
import { newId } from "#lib/ids";

/** Everything that belongs to incidents, collected before it is inserted in bulk. */
export type Rows = {
  incidents: (typeof incidents.$inferInsert)[];
  assignments: (typeof incidentAssignments.$inferInsert)[];
  acknowledgements: (typeof incidentAcknowledgements.$inferInsert)[];
  logEntries: (typeof logEntries.$inferInsert)[];
  pendingActions: (typeof pendingActions.$inferInsert)[];
  pages: (typeof pages.$inferInsert)[];
  deliveries: (typeof deliveries.$inferInsert)[];
  deliveryStates: (typeof deliveryStates.$inferInsert)[];
  alerts: (typeof alerts.$inferInsert)[];
};

export function noRows(): Rows {
  return {
    incidents: [],
    assignments: [],
    acknowledgements: [],
    logEntries: [],
    pendingActions: [],
    pages: [],
    deliveries: [],
    deliveryStates: [],
    alerts: [],
  };
}

export type Author = {
  type: "user" | "integration" | "system";
  id: string | null;
  name: string;
  channel: string;
};

export const TOUCHLINE: Author = { type: "system", id: null, name: "Touchline", channel: "auto" };

type Entry = Pick<typeof logEntries.$inferInsert, "type" | "class"> &
  Partial<Pick<typeof logEntries.$inferInsert, "userId" | "note" | "data">>;

/** Writes one line of a timeline; `at` is epoch milliseconds. */
export function note(rows: Rows, incidentId: string, at: number, author: Author, entry: Entry) {
  rows.logEntries.push({
    id: newId(at),
    incidentId,
    at: new Date(at),
    actorType: author.type,
    actorId: author.id,
    actorName: author.name,
    channel: author.channel,
    ...entry,
  });
}
