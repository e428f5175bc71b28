"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { TrialSteps } from "#components/escalation/trial-steps";
import { Card } from "#components/ui/card";
import { ErrorState } from "#components/ui/error-state";
import { ProgressLine } from "#components/ui/progress-line";
import { Skeleton } from "#components/ui/skeleton";
import type { Trial } from "#lib/escalation/client";

/** What the draft would do if an incident began now. */
export function PolicyTrialCard({ trial }: { trial: UseQueryResult<Trial> }) {
  const { data, error, isFetching, refetch } = trial;
  return (
    <Card title="If it fires now" subtitle="With this draft, and nobody acknowledges">
      <ProgressLine active={isFetching} />
      {error ? (
        <ErrorState
          title={`The draft could not be tried: ${error.message}`}
          retrying={isFetching}
          onRetry={() => void refetch()}
        />
      ) : null}
      {data === undefined ? (
        error ? null : (
          <Skeleton className="h-40" />
        )
      ) : (
        <>
          <TrialSteps steps={data.steps} />
          {data.warnings.length === 0 ? null : (
            <ul className="mt-4 flex flex-col gap-1 border-t pt-3">
              {data.warnings.map(({ kind, level, text }) => (
                <li key={`${kind} ${level} ${text}`} className="flex gap-1.5 text-table text-status-amber-fg">
                  <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
                  {text}
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Card>
  );
}
