import { z } from "zod";
import { uiRoute } from "#lib/http/ui-route";
import { CHAT_CHANNELS } from "#lib/notifications/chat-address";
import { addContactMethod } from "#lib/notifications/commands/add-contact-method";
import { userParams } from "#lib/people/schemas";

const body = z.object({
  channel: z.enum(["email", ...CHAT_CHANNELS]),
  label: z.string(),
  address: z.string(),
  token: z.string().optional(),
  template: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
});

export const POST = uiRoute({ params: userParams, body }, ({ ctx, params, body: given }) =>
  addContactMethod(ctx, { ...params, ...given }),
);
