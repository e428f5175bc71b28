import { z } from "zod";
import { idField, lineField, proseField, timeZoneField } from "#lib/field-schemas";
import { DOCUMENT_REPORTS, VIEW_PATH } from "#lib/reports/sharing";
import type { DocumentReport } from "#lib/reports/sharing";
import type { Cadence } from "#lib/reports/cadence";
import { GAME_LOADS } from "#lib/reports/game-day";
import type { GameLoad } from "#lib/reports/game-day";

const queryField = z
  .string()
  .max(4000, "is too long")
  .refine((text) => !text.includes("\0"), "has characters that can't be stored");

export const viewInputSchema = z.object({
  name: lineField(100),
  path: z.string().regex(VIEW_PATH, "is no list or report"),
  query: queryField,
  shared: z.boolean(),
});
export type ViewInput = z.input<typeof viewInputSchema>;

const cadenceSchema = z
  .object({
    every: z.enum(["day", "week", "month"]),
    on: z.int().min(1).max(31).nullable(),
    minute: z.int().min(0).max(1439),
    timeZone: timeZoneField,
  })
  .refine(({ every, on }) => every === "day" || on !== null, { path: ["on"], message: "needs a day" })
  .refine(({ every, on }) => every !== "week" || (on !== null && on <= 7), {
    path: ["on"],
    message: "is not a weekday",
  });

export const scheduleInputSchema = z.object({
  name: lineField(100),
  report: z.enum(DOCUMENT_REPORTS),
  query: queryField,
  recipients: z
    .array(z.email("is not an e-mail address").max(254))
    .min(1, "names nobody")
    .max(20, "are more than 20")
    .transform((all) => [...new Set(all.map((one) => one.toLowerCase()))]),
  cadence: cadenceSchema,
});
export type ScheduleInput = z.input<typeof scheduleInputSchema>;

export const snapshotInputSchema = z.object({
  report: z.enum(DOCUMENT_REPORTS),
  query: queryField,
  days: z.int().min(1, "must be at least a day").max(90, "is longer than 90 days"),
});
export type SnapshotInput = z.input<typeof snapshotInputSchema>;

/** `query` names the period and the incidents; `expectedVersion` is the one that was on the screen, 0 where nothing was written. */
export const commentInputSchema = z.object({
  report: z.enum(["executive", "reviews"]),
  query: queryField,
  words: proseField(4000),
  expectedVersion: z.int().min(0).max(1_000_000),
});
export type CommentInput = z.input<typeof commentInputSchema>;

export const viewParams = z.object({ viewId: idField });
export const scheduleParams = z.object({ scheduleId: idField });
export const snapshotParams = z.object({ snapshotId: idField });

/** Instants are ISO 8601. */
export type SavedViewDto = {
  id: string;
  name: string;
  href: string;
  shared: boolean;
  isOwn: boolean;
  owner: string;
};

export type ReportScheduleDto = {
  id: string;
  name: string;
  report: DocumentReport;
  href: string;
  recipients: string[];
  cadence: Cadence;
  nextAt: string;
  owner: string;
  /** The newest due instant and what came of it; null: none yet. */
  last: { dueAt: string; sent: number; waiting: number; failed: number; detail: string | null } | null;
};

export type ReportSnapshotDto = {
  id: string;
  title: string;
  subtitle: string;
  href: string;
  owner: string;
  createdAt: string;
  expiresAt: string;
  state: "active" | "expired" | "revoked";
};

const LONGEST_GAME_MS = 7 * 86_400_000;

const instantField = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

export const gameDayInputSchema = z
  .object({ name: lineField(100), load: z.enum(GAME_LOADS), startsAt: instantField, endsAt: instantField })
  .refine(({ startsAt, endsAt }) => endsAt > startsAt, {
    path: ["endsAt"],
    message: "must be after the start",
  })
  .refine(({ startsAt, endsAt }) => endsAt.getTime() - startsAt.getTime() <= LONGEST_GAME_MS, {
    path: ["endsAt"],
    message: "is more than a week after the start",
  });
export type GameDayInput = z.input<typeof gameDayInputSchema>;

export const gameDayParams = z.object({ gameDayId: idField });

/** `incidents`: how many were created in it. */
export type GameDayDto = {
  id: string;
  name: string;
  load: GameLoad;
  startsAt: string;
  endsAt: string;
  incidents: number;
  href: string;
};
