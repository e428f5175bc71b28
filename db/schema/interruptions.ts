import { boolean, date, index, integer, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { id, instant, oneOf } from "#db/schema/columns";
import { incidents } from "#db/schema/incidents";
import { deliveries } from "#db/schema/notifications";
import { users } from "#db/schema/people";
import { INTERRUPTION_CLASSES } from "#lib/notifications/interruption";
import { CHANNELS } from "#lib/notifications/vocabulary";

/**
 * Each push, text or call about an incident that reached out to a person, classed when it was sent by the person's own clock of that
 * moment. Several within a minute are one interruption: only the first of them counts.
 */
export const interruptions = pgTable(
  "interruptions",
  {
    deliveryId: id("delivery_id")
      .primaryKey()
      .references(() => deliveries.id, { onDelete: "cascade" }),
    incidentId: id("incident_id")
      .notNull()
      .references(() => incidents.id, { onDelete: "cascade" }),
    userId: id("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "restrict" }),
    // That of the incident, also after it was given to another one (by a trigger).
    serviceId: id("service_id").notNull(),
    // The team that owned the service then.
    teamId: id("team_id"),
    channel: text("channel", { enum: CHANNELS }).notNull(),
    at: instant("at").notNull(),
    timeZone: text("time_zone").notNull(),
    // By the person's clock: 1 (Monday) to 7, and 0 to 23.
    weekday: smallint("weekday").notNull(),
    hour: smallint("hour").notNull(),
    class: text("class", { enum: INTERRUPTION_CLASSES }).notNull(),
    counted: boolean("counted").notNull(),
  },
  (t) => [
    index("interruptions_at_idx").on(t.at),
    index("interruptions_user_idx").on(t.userId, t.at),
    index("interruptions_team_idx").on(t.teamId, t.at),
    index("interruptions_incident_idx").on(t.incidentId),
    oneOf("interruptions_channel_check", t.channel, CHANNELS),
    oneOf("interruptions_class_check", t.class, INTERRUPTION_CLASSES),
  ],
);

/**
 * How many of the interruptions that count each person had in each half hour, by service and by their own clock: what reports on load read.
 * A trigger on interruptions keeps it in the same statement.
 */
export const interruptionLoads = pgTable(
  "interruption_loads",
  {
    // Where the half hour begins.
    at: instant("at").notNull(),
    userId: id("user_id").notNull(),
    serviceId: id("service_id").notNull(),
    weekday: smallint("weekday").notNull(),
    hour: smallint("hour").notNull(),
    class: text("class", { enum: INTERRUPTION_CLASSES }).notNull(),
    // The day, by the person's clock, on which the night began; null: it was no sleeping hour.
    night: date("night"),
    count: integer("count").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.at, t.userId, t.serviceId, t.weekday, t.hour] }),
    index("interruption_loads_service_idx").on(t.serviceId, t.at),
  ],
);
