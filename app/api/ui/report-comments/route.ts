import { uiRoute } from "#lib/http/ui-route";
import { writeComment } from "#lib/reports/commands/write-comment";
import { commentInputSchema } from "#lib/reports/schemas";

export const PUT = uiRoute({ body: commentInputSchema, permission: "configure" }, ({ ctx, body }) =>
  writeComment(ctx, body),
);
