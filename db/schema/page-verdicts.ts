import { boolean, pgTable, primaryKey } from "drizzle-orm/pg-core";
import { id, instant } from "#db/schema/columns";
import { incidents } from "#db/schema/incidents";
import { users } from "#db/schema/people";

/** What people who were paged about an incident said afterwards: whether their page was useful. Taken back: no row. */
export const pageVerdicts = pgTable(
  "page_verdicts",
  {
    incidentId: id("incident_id")
      .notNull()
      .references(() => incidents.id, { onDelete: "cascade" }),
    userId: id("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "restrict" }),
    useful: boolean("useful").notNull(),
    at: instant("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.incidentId, t.userId] })],
);
