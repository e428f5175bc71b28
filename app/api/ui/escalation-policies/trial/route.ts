import { tryPolicy } from "#lib/escalation/queries/trial";
import { policyTrialSchema } from "#lib/escalation/schemas";
import { uiRoute } from "#lib/http/ui-route";

/** What a policy would do, saved or not; nobody is told. */
export const POST = uiRoute({ body: policyTrialSchema }, ({ ctx, body }) => tryPolicy(ctx, body));
