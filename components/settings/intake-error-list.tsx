"use client";

import { RotateCcw } from "lucide-react";
import { usePages } from "#components/settings/use-pages";
import { useChange } from "#components/settings/use-change";
import { Time } from "#components/time/time";
import { Badge } from "#components/ui/badge";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { CodeBlock } from "#components/ui/code-block";
import { Disclosure } from "#components/ui/disclosure";
import { ErrorState } from "#components/ui/error-state";
import { LoadMore } from "#components/ui/load-more";
import { replayIntakeError } from "#lib/events/client";
import type { IntakeError } from "#lib/events/client";

interface IntakeErrorListProps {
  query: string;
  initial: { errors: IntakeError[]; nextCursor: string | null };
}

/** What arrived and was not understood: why, what it was, and another try. */
export function IntakeErrorList({ query, initial }: IntakeErrorListProps) {
  const pages = usePages("/api/ui/intake-errors", query, initial);
  const errors = pages.data.pages.flatMap((page) => page.errors);
  return (
    <>
      <Card flush>
        <ul aria-label="Intake errors, newest first">
          {errors.map((error) => (
            <Entry key={error.id} error={error} />
          ))}
        </ul>
      </Card>
      {pages.error ? (
        <ErrorState title="Older ones could not be loaded." onRetry={() => void pages.fetchNextPage()} />
      ) : null}
      <LoadMore
        shown={errors.length}
        noun="errors"
        hasMore={pages.hasNextPage}
        pending={pages.isFetchingNextPage}
        onLoadMore={() => void pages.fetchNextPage()}
      />
    </>
  );
}

function Entry({ error }: { error: IntakeError }) {
  const replay = useChange({
    change: () => replayIntakeError(error.id),
    done: ({ outcome }) => `Replayed: ${outcome}`,
    failed: "Not replayed",
  });
  return (
    <li className="border-b px-4 py-3 last:border-b-0">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <div className="min-w-60 flex-1">
          <p className="text-body font-medium [overflow-wrap:anywhere]">{error.reason}</p>
          <p className="text-table text-text-2">
            {error.integration === null
              ? "A deleted integration"
              : `${error.integration.serviceName}, ${error.integration.name}`}{" "}
            · {error.source} · <Time at={error.receivedAt} />
          </p>
          {error.replayOutcome === null ? null : (
            <p className="text-table [overflow-wrap:anywhere] text-text-2">Last try: {error.replayOutcome}</p>
          )}
        </div>
        {error.replayedAt === null ? (
          <Button
            size="small"
            icon={<RotateCcw aria-hidden />}
            disabled={error.integration === null}
            pending={replay.isPending}
            pendingLabel="Replaying…"
            onClick={() => replay.mutate()}
          >
            Replay
          </Button>
        ) : (
          <Badge hue="green" form="plain">
            replayed
          </Badge>
        )}
      </div>
      <Disclosure
        summary={error.isBodyCut ? "The beginning of what arrived" : "What arrived"}
        className="mt-1"
      >
        <CodeBlock name="Body" code={error.body} wrap />
      </Disclosure>
    </li>
  );
}
