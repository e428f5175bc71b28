import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant, oneOf } from "#db/schema/columns";
import { incidents } from "#db/schema/incidents";
import { teams } from "#db/schema/people";
import { services } from "#db/schema/services";
import { INCIDENT_STATUSES } from "#lib/incidents/vocabulary";

/** Slack channels in which the incidents of a team or of a service are posted, for everybody there to see and to act on. */
export const teamChannels = pgTable(
  "team_channels",
  {
    id: id().primaryKey(),
    teamId: id("team_id").references(() => teams.id, { onDelete: "cascade" }),
    serviceId: id("service_id").references(() => services.id, { onDelete: "cascade" }),
    // Slack's id of the channel.
    address: text("address").notNull(),
    name: text("name").notNull(),
    // Incidents of low urgency are left out.
    highOnly: boolean("high_only").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    uniqueIndex("team_channels_team_key").on(t.teamId, t.address),
    uniqueIndex("team_channels_service_key").on(t.serviceId, t.address),
    check("team_channels_owner_check", sql`num_nonnulls(${t.teamId}, ${t.serviceId}) = 1`),
  ],
);

/** The one message about an incident in a channel. It is posted once and then changed in place. `id` is what its buttons bring back. */
export const channelPosts = pgTable(
  "channel_posts",
  {
    id: id().primaryKey(),
    incidentId: id("incident_id")
      .notNull()
      .references(() => incidents.id, { onDelete: "cascade" }),
    teamChannelId: id("team_channel_id")
      .notNull()
      .references(() => teamChannels.id, { onDelete: "cascade" }),
    address: text("address").notNull(),
    // How Slack calls the message; null until it was posted.
    ref: text("ref"),
    // The status of the incident that it shows.
    shownStatus: text("shown_status", { enum: INCIDENT_STATUSES }),
    dueAt: instant("due_at").notNull(),
    attempts: integer("attempts").notNull().default(0),
    lastError: text("last_error"),
    // It shows the end of the incident, or was given up.
    endedAt: instant("ended_at"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    uniqueIndex("channel_posts_key").on(t.incidentId, t.address),
    index("channel_posts_open_idx")
      .on(t.dueAt)
      .where(sql`${t.endedAt} is null`),
    index("channel_posts_channel_idx").on(t.teamChannelId, t.createdAt),
    oneOf("channel_posts_status_check", t.shownStatus, INCIDENT_STATUSES),
  ],
);
