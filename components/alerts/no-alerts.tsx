import { EmptyState } from "#components/ui/empty-state";
import { ButtonLink, TextLink } from "#components/ui/link";
import { alertsHref, EVERY_ALERT } from "#lib/alerts/filter";
import type { AlertFilter } from "#lib/alerts/filter";
import type { Span } from "#lib/alerts/span";

/** What the explorer says when no alert matches, and the way to more. */
export function NoAlerts({ filter, span, path }: { filter: AlertFilter; span: Span | null; path: string }) {
  const times = { from: filter.from, to: filter.to };
  const isFiltered = alertsHref(filter) !== alertsHref({ ...EVERY_ALERT, ...times });
  const wider = alertsHref({ ...filter, from: null, to: null }, { span: "90d" }, path);
  return (
    <EmptyState
      kind={isFiltered || span !== "90d" ? "filtered" : "first-use"}
      title={isFiltered ? "No alerts match these filters." : "No alerts in this time."}
      actions={
        <>
          {span === "90d" ? null : <ButtonLink href={wider}>Look at 90 days</ButtonLink>}
          {isFiltered ? (
            <ButtonLink href={alertsHref({ ...EVERY_ALERT, ...times }, { span }, path)}>
              Clear all filters
            </ButtonLink>
          ) : null}
        </>
      }
    >
      What monitors send becomes an alert within a second. To connect one, open a{" "}
      <TextLink href="/services">service</TextLink> and its integrations.
    </EmptyState>
  );
}
