import { z } from "zod";
import { idField, lineField, proseField, timeZoneField } from "#lib/field-schemas";
import { ROLES, TEAM_ROLES } from "#lib/people/roles";

export const PASSWORD_LENGTH = { min: 10, max: 256 };

const passwordField = z
  .string()
  .min(PASSWORD_LENGTH.min, `must have at least ${PASSWORD_LENGTH.min} characters`)
  .max(PASSWORD_LENGTH.max, `is too long (at most ${PASSWORD_LENGTH.max} characters)`);

const fields = {
  name: lineField(100),
  email: z.string().trim().max(254, "is too long").pipe(z.email("is not an e-mail address")),
  jobTitle: proseField(100),
  description: proseField(1024),
  timeZone: timeZoneField,
};

export const userInputSchema = z.object({
  ...fields,
  role: z.enum(ROLES).default("responder"),
  jobTitle: fields.jobTitle.default(null),
  description: fields.description.default(null),
  timeZone: fields.timeZone.default("Etc/UTC"),
  /** Left out: the person signs in through single sign-on, or is given a password later. */
  password: passwordField.optional(),
});
export type UserInput = z.input<typeof userInputSchema>;

/** What is left out stays as it is. */
export const userUpdateSchema = z.object(fields).partial().extend({ userId: idField });
export type UserUpdate = z.input<typeof userUpdateSchema>;

export const roleChangeSchema = z.object({ userId: idField, role: z.enum(ROLES) });
export type RoleChange = z.input<typeof roleChangeSchema>;

export const passwordChangeSchema = z.object({
  userId: idField,
  password: passwordField,
  /** Needed from those who change their own and have one. */
  currentPassword: z.string().max(PASSWORD_LENGTH.max).optional(),
});
export type PasswordChange = z.input<typeof passwordChangeSchema>;

/** How somebody likes the interface: free words by key, merged into what was there; null forgets one. */
export const preferencesSchema = z
  .record(
    z.string().regex(/^[a-z][a-zA-Z0-9]{0,39}$/, "is no name of a preference"),
    lineField(200).nullable(),
  )
  .refine((preferences) => Object.keys(preferences).length <= 50, "are too many");
export type Preferences = z.input<typeof preferencesSchema>;

const teamFields = { name: lineField(100), description: proseField(1024) };

export const teamInputSchema = z.object({ ...teamFields, description: teamFields.description.default(null) });
export type TeamInput = z.input<typeof teamInputSchema>;

export const teamUpdateSchema = z.object(teamFields).partial().extend({ teamId: idField });
export type TeamUpdate = z.input<typeof teamUpdateSchema>;

export const teamDeletionSchema = z.object({
  teamId: idField,
  /** Takes over what the team owned; left out, that has no owner any more. */
  reassignToTeamId: idField.optional(),
});
export type TeamDeletion = z.input<typeof teamDeletionSchema>;

export const teamMemberSchema = z.object({
  teamId: idField,
  userId: idField,
  /** Left out: what fits the person's role in the organisation. */
  role: z.enum(TEAM_ROLES).optional(),
});
export type TeamMemberInput = z.input<typeof teamMemberSchema>;

/** What the browser's addresses name. */
export const userParams = z.object({ userId: idField });
