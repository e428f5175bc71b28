import { patternError } from "#lib/cel/re2";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { matchRe2 } from "#lib/mail-in/commands/match-re2";
import { isAllowedSender, judgeMail, patternsOfSettings } from "#lib/mail-in/mail-rules";
import type { MailDecision } from "#lib/mail-in/mail-rules";
import { tryMailboxSchema } from "#lib/mail-in/schemas";
import type { TryMailboxInput } from "#lib/mail-in/schemas";
import { parseInput } from "#lib/parse-input";

export type MailTrial = {
  /** What can't be understood, by the field of the settings. */
  errors: { field: string; message: string }[];
  isAllowed: boolean;
  decision: MailDecision;
};

/** What settings that are not saved would make of a mail, its proof aside. Nothing is stored. */
export function tryMailbox(ctx: Context, input: TryMailboxInput): MailTrial {
  requirePermission(ctx.actor, "read");
  const { settings, mail } = parseInput(tryMailboxSchema, input);
  const from = mail.from.trim().toLowerCase();
  const errors = patternsOfSettings(settings).flatMap(([field, pattern]) => {
    const problem = patternError(pattern);
    return problem === null ? [] : [{ field, message: problem }];
  });
  return {
    errors,
    isAllowed: isAllowedSender(settings.allowedSenders, from),
    decision: judgeMail(settings, { ...mail, from, messageId: "tried" }, matchRe2),
  };
}
