import { uiRoute } from "#lib/http/ui-route";
import { readOnCallCopy } from "#lib/on-call/queries/on-call-copy";

export const GET = uiRoute({ permission: "read" }, ({ ctx }) => readOnCallCopy(ctx));
