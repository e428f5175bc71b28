import { PageHeader } from "#components/layout/page-header";
import { EmptyState } from "#components/ui/empty-state";
import { ButtonLink } from "#components/ui/link";

/** Within the frame, so that whoever followed an old link goes on from there. */
export default function NotFound() {
  return (
    <>
      {/* The page that was asked for has failed to give its title, and what this file would export as metadata comes too late. */}
      <title>Not found · Touchline</title>
      <PageHeader title="This page does not exist" />
      <EmptyState
        kind="filtered"
        title="The link may be old, or what it named was deleted."
        actions={
          <>
            <ButtonLink href="/incidents">Search incidents</ButtonLink>
            <ButtonLink href="/on-call">Who is on call</ButtonLink>
          </>
        }
      >
        Incidents are reachable by their number alone.
      </EmptyState>
    </>
  );
}
