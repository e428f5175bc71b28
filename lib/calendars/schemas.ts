import { z } from "zod";
import { MAX_CALENDAR_BYTES } from "#lib/calendars/calendar-source";
import { idField, lineField } from "#lib/field-schemas";

const addressField = z
  .string()
  .trim()
  .max(2000, "is too long")
  .regex(/^(https?|webcals?):\/\/\S+$/i, "must be an http, https or webcal address");

const fileField = z.string().min(1, "is empty").max(MAX_CALENDAR_BYTES, "is larger than 2 MB");

/** Where a calendar comes from: an address that is read every 15 minutes, or a file. */
const sourceShape = { url: addressField.optional(), content: fileField.optional() };

function hasOneSource({ url, content }: { url?: string | undefined; content?: string | undefined }): boolean {
  return (url === undefined) !== (content === undefined);
}

const ONE_SOURCE = { error: "needs either an address or a file", path: ["url"] };

export const calendarInputSchema = z
  .object({ scheduleId: idField, name: lineField(255), ...sourceShape })
  .refine(hasOneSource, ONE_SOURCE);
export type CalendarInput = z.input<typeof calendarInputSchema>;

/** Only what goes with the schedule's own address. */
export const calendarBody = z
  .object({ name: lineField(255), ...sourceShape })
  .refine(hasOneSource, ONE_SOURCE);

export const calendarParams = z.object({ calendarId: idField });
export const feedInputSchema = z.object({ scheduleId: idField.nullable().default(null) });
export const feedParams = z.object({ feedId: idField });
