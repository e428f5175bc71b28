import { z } from "zod";
import { isStorableText, singleLine } from "#lib/events/storable-text";
import { webUrl } from "#lib/events/web-url";
import { parseTimeOfDay } from "#lib/time/wall-clock";
import { parseTimeZone } from "#lib/time/zone";

/** One line that must be there, trimmed; line breaks become spaces. */
export function lineField(maxLength: number) {
  return z
    .string()
    .overwrite(singleLine)
    .min(1, "can't be blank")
    .max(maxLength, `is too long (at most ${maxLength} characters)`)
    .refine(isStorableText, "has characters that can't be stored");
}

/** Free text, or null; blank text becomes null. */
export function proseField(maxLength: number) {
  return z
    .string()
    .max(maxLength, `is too long (at most ${maxLength} characters)`)
    .refine(isStorableText, "has characters that can't be stored")
    .transform((text) => (text.trim() === "" ? null : text))
    .nullable();
}

/** An opaque public id. Whether it names anything is the command's to find out. */
export const idField = z.string().regex(/^[A-Z][A-Z0-9]{1,31}$/, "is not valid");

/** An IANA time zone, in its usual spelling. */
export const timeZoneField = z.string().transform((name, check) => {
  const result = parseTimeZone(name);
  if (result.kind === "zone") return result.timeZone;
  check.addIssue({ code: "custom", message: "is not a time zone (use an IANA name like Europe/Berlin)" });
  return z.NEVER;
});

/** "09:00" or "09:00:30". */
export const timeOfDayField = z.string().refine((text) => {
  const seconds = parseTimeOfDay(text);
  return seconds !== null && seconds < 86_400;
}, "is not a time of day (use HH:MM)");

/** An absolute http or https address. */
export const webUrlField = z.string().transform((text, check) => {
  const url = webUrl(text);
  if (url !== null) return url;
  check.addIssue({ code: "custom", message: "must be an http or https address" });
  return z.NEVER;
});
