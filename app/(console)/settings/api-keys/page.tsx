import type { Metadata } from "next";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { ApiKeyList } from "#components/settings/api-key-list";
import { CreateKey } from "#components/settings/create-key";
import { EmptyState } from "#components/ui/empty-state";
import { requireContext } from "#lib/auth/session";
import { env } from "#lib/env";
import { listApiKeys } from "#lib/organisation/queries/api-keys";
import { hasPermission } from "#lib/people/permissions";

export const metadata: Metadata = { title: "API keys" };

export default async function ApiKeysPage() {
  const ctx = await requireContext();
  const keys = await listApiKeys(ctx);
  const manages = hasPermission(ctx.actor.role, "organisation.manage");
  const create = <CreateKey baseUrl={env().url} canMakeAccountKey={manages} />;
  const active = keys.filter(({ state }) => state === "active").length;
  return (
    <>
      <LiveRefresh entities={["api_key"]} />
      <PageHeader
        title="API keys"
        description={
          keys.length === 0
            ? undefined
            : `${active} active. ${manages ? "Keys of people and of the organisation." : "Your own."}`
        }
        actions={create}
      />
      {keys.length === 0 ? (
        <EmptyState kind="first-use" title="There is no API key yet." actions={create}>
          With a key, scripts, Terraform and chat bots read and change what you can. The API is described at{" "}
          <code className="font-mono">/api/v2/openapi.json</code>.
        </EmptyState>
      ) : (
        <ApiKeyList keys={keys} baseUrl={env().url} />
      )}
    </>
  );
}
