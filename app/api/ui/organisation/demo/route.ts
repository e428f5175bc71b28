import { uiRoute } from "#lib/http/ui-route";
import { removeDemo } from "#lib/organisation/commands/remove-demo";

export const DELETE = uiRoute({ permission: "organisation.manage" }, ({ ctx }) => removeDemo(ctx));
