import { RefreshEvery } from "#components/live/refresh-every";
import { ChangeList } from "#components/services/change-list";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { TextLink } from "#components/ui/link";
import { requireContext } from "#lib/auth/session";
import { listServiceChanges } from "#lib/events/queries/change-events";
import { orNotFound } from "#lib/http/or-not-found";
import { getService } from "#lib/services/queries/services";

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ cursor?: string | string[] }>;
};

export default async function ServiceChangesPage({ params, searchParams }: Props) {
  const [ctx, { slug }, asked] = await Promise.all([requireContext(), params, searchParams]);
  const service = await orNotFound(getService(ctx, slug));
  const cursor = typeof asked.cursor === "string" ? asked.cursor : null;
  const { changes, nextCursor } = await listServiceChanges(ctx, { serviceId: service.id, cursor });
  const base = `/services/${service.slug}/changes`;
  if (changes.length === 0) {
    return (
      <EmptyState
        kind="first-use"
        title={cursor === null ? "No changes have been reported yet." : "Nothing older."}
      >
        Let your deployment pipeline send change events with the key of{" "}
        <TextLink href={`/services/${service.slug}/integrations`}>an integration</TextLink>: they page nobody,
        and stand beside the incidents that follow them.
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      {cursor === null ? <RefreshEvery seconds={10} /> : null}
      <Card flush>
        <ChangeList changes={changes} />
      </Card>
      <div className="flex justify-center gap-4 text-table">
        {cursor === null ? null : <TextLink href={base}>Newest</TextLink>}
        {nextCursor === null ? null : (
          <TextLink href={`${base}?cursor=${encodeURIComponent(nextCursor)}`}>Older changes</TextLink>
        )}
      </div>
    </div>
  );
}
