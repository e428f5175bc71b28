import { z } from "zod";
import { SLACK_NOTE_FIELD, SLACK_NOTE_FORM } from "#lib/notifications/slack-app-message";

const who = {
  user: z.object({ id: z.string().regex(/^[UW][A-Z0-9]{2,20}$/) }),
  team: z.object({ id: z.string() }).nullable(),
};

/** A button was pressed. */
const blockActions = z.object({
  type: z.literal("block_actions"),
  ...who,
  trigger_id: z.string().optional(),
  response_url: z.url().optional(),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().optional() })).min(1),
});

/** The note's form was sent in. */
const viewSubmission = z.object({
  type: z.literal("view_submission"),
  ...who,
  view: z.object({
    callback_id: z.literal(SLACK_NOTE_FORM),
    private_metadata: z.string(),
    state: z.object({
      values: z.object({
        [SLACK_NOTE_FIELD]: z.object({ [SLACK_NOTE_FIELD]: z.object({ value: z.string().nullable() }) }),
      }),
    }),
  }),
});

const payload = z.discriminatedUnion("type", [blockActions, viewSubmission]);

export type SlackPayload = z.infer<typeof payload>;
export type SlackButtonPress = z.infer<typeof blockActions>;
export type SlackFormSubmission = z.infer<typeof viewSubmission>;

/** What Slack's interactivity request says (form field `payload`); null for kinds that this app doesn't use. */
export function readSlackPayload(body: string): SlackPayload | null {
  const field = new URLSearchParams(body).get("payload");
  if (field === null) return null;
  try {
    const parsed = payload.safeParse(JSON.parse(field));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
