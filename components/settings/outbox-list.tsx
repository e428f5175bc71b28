"use client";

import { usePages } from "#components/settings/use-pages";
import { Time } from "#components/time/time";
import { Card } from "#components/ui/card";
import { ErrorState } from "#components/ui/error-state";
import { TextLink } from "#components/ui/link";
import { LoadMore } from "#components/ui/load-more";
import { RowNavigation } from "#components/ui/row-navigation";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "#components/ui/table";
import type { Messages } from "#lib/notifications/client";

/** The mail that had no server to go to, newest first. */
export function OutboxList({ initial }: { initial: Messages }) {
  const pages = usePages("/api/ui/outbox", "", initial);
  const messages = pages.data.pages.flatMap((page) => page.messages);
  return (
    <>
      <Card flush>
        <RowNavigation>
          <Table caption="Messages">
            <TableHead>
              <HeaderCell>Subject</HeaderCell>
              <HeaderCell className="max-md:hidden">To</HeaderCell>
              <HeaderCell>When</HeaderCell>
            </TableHead>
            <tbody>
              {messages.map((message) => (
                <TableRow key={message.id} rowId={message.id}>
                  <Cell grow className="py-1.5">
                    <TextLink
                      tone="quiet"
                      data-row-link
                      href={`/settings/outbox/${message.id}`}
                      className="font-medium max-md:line-clamp-2 max-md:whitespace-normal md:block md:truncate"
                    >
                      {message.subject}
                    </TextLink>
                    <span className="block truncate text-meta text-text-3 md:hidden">{message.to}</span>
                  </Cell>
                  <Cell className="max-w-64 truncate text-text-2 max-md:hidden">{message.to}</Cell>
                  <Cell className="whitespace-nowrap text-text-2">
                    <Time at={message.at} />
                  </Cell>
                </TableRow>
              ))}
            </tbody>
          </Table>
        </RowNavigation>
      </Card>
      {pages.error ? (
        <ErrorState title="Older messages could not be loaded." onRetry={() => void pages.fetchNextPage()} />
      ) : null}
      <LoadMore
        shown={messages.length}
        noun="messages"
        hasMore={pages.hasNextPage}
        pending={pages.isFetchingNextPage}
        onLoadMore={() => void pages.fetchNextPage()}
      />
    </>
  );
}
