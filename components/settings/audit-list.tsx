"use client";

import { AuditChanges } from "#components/settings/audit-changes";
import { usePages } from "#components/settings/use-pages";
import { Time } from "#components/time/time";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { Disclosure } from "#components/ui/disclosure";
import { ErrorState } from "#components/ui/error-state";
import { TextLink } from "#components/ui/link";
import { LoadMore } from "#components/ui/load-more";
import type { AuditPage, AuditRecord } from "#lib/organisation/client";
import { words } from "#lib/organisation/audit-words";

interface AuditListProps {
  query: string;
  initial: AuditPage;
}

/** Who changed what, newest first, each with what it was before and after. */
export function AuditList({ query, initial }: AuditListProps) {
  const pages = usePages("/api/ui/audit", query, initial);
  const records = pages.data.pages.flatMap((page) => page.records);
  return (
    <>
      <Card flush>
        <ul aria-label="Changes, newest first">
          {records.map((record) => (
            <Record key={record.id} record={record} />
          ))}
        </ul>
      </Card>
      {pages.error ? (
        <ErrorState title="Older records could not be loaded." onRetry={() => void pages.fetchNextPage()} />
      ) : null}
      <LoadMore
        shown={records.length}
        noun="changes"
        hasMore={pages.hasNextPage}
        pending={pages.isFetchingNextPage}
        onLoadMore={() => void pages.fetchNextPage()}
      />
    </>
  );
}

const METHODS: Record<string, string> = {
  website: "in the browser",
  api: "by the API",
  command: "by command",
  auto: "by itself",
};

function Record({ record }: { record: AuditRecord }) {
  const { actor, object, before, after } = record;
  return (
    <li id={record.id} className="scroll-mt-20 border-b px-4 py-2.5 last:border-b-0 target:bg-selected">
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5 text-body">
        <span className="font-medium">{actor.name}</span>
        <Badge form="outline">{words(record.action)}</Badge>
        <span className="text-text-2">{words(object.type)}</span>
        <span className="[overflow-wrap:anywhere]">{object.name}</span>
        <span className="ml-auto text-table text-text-3">
          {METHODS[record.method] ?? record.method} · <Time at={record.at} />
        </span>
      </div>
      <div className="flex flex-wrap items-start gap-x-4">
        {before === null && after === null ? null : (
          <Disclosure summary="What changed" className="min-w-0 flex-1">
            <AuditChanges before={before} after={after} />
          </Disclosure>
        )}
        {object.id === null ? null : (
          <TextLink
            tone="quiet"
            href={`/settings/audit?id=${object.id}`}
            className="ml-auto flex min-h-8 items-center text-table text-text-3 touch:min-h-11"
          >
            All of this {words(object.type)}
          </TextLink>
        )}
      </div>
    </li>
  );
}
