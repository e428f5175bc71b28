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
  const { object, before, after } = record;
  return (
    <li id={record.id} className="scroll-mt-20 border-b px-3 py-1 last:border-b-0 target:bg-selected">
      <Disclosure summary={<Sentence record={record} />} className="[&>summary]:w-full">
        <div className="flex flex-col gap-2 pb-2">
          {before === null && after === null ? (
            <p className="text-table text-text-2">Nothing more is known about it.</p>
          ) : (
            <AuditChanges before={before} after={after} />
          )}
          <p className="text-table text-text-2">
            {METHODS[record.method] ?? record.method}, <Time at={record.at} format="date-time" />
            {object.id === null ? null : (
              <>
                {" · "}
                <TextLink href={`/settings/audit?id=${object.id}`}>
                  All changes of this {words(object.type)}
                </TextLink>
              </>
            )}
          </p>
        </div>
      </Disclosure>
    </li>
  );
}

function Sentence({ record: { actor, action, object, at } }: { record: AuditRecord }) {
  return (
    <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-0.5 py-1 text-text">
      <span className="font-medium">{actor.name}</span>
      <Badge form="outline">{words(action)}</Badge>
      <span className="text-text-2">{words(object.type)}</span>
      <span className="min-w-0 [overflow-wrap:anywhere]">{object.name}</span>
      <span className="ml-auto text-table text-text-3">
        <Time at={at} card={false} />
      </span>
    </span>
  );
}
