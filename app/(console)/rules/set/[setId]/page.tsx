import { redirect } from "next/navigation";
import { requireContext } from "#lib/auth/session";
import { orNotFound } from "#lib/http/or-not-found";
import { findRuleSet } from "#lib/rules/queries/rule-sets";

type Props = {
  params: Promise<{ setId: string }>;
  searchParams: Promise<{ version?: string | string[] }>;
};

/** Where the traces of events lead: the rule set in the version that decided, wherever it is now. */
export default async function TracedRuleSetPage({ params, searchParams }: Props) {
  const [ctx, { setId }, { version }] = await Promise.all([requireContext(), params, searchParams]);
  const { kind, slug } = await orNotFound(findRuleSet(ctx, setId));
  const at = kind === "service" ? `/services/${slug}/rules` : `/rules/${kind}`;
  redirect(typeof version === "string" ? `${at}?version=${encodeURIComponent(version)}` : at);
}
