"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useChange } from "#components/settings/use-change";
import { Time } from "#components/time/time";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { Disclosure } from "#components/ui/disclosure";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { TextLink } from "#components/ui/link";
import { fieldErrors } from "#lib/browser/api";
import { acceptSuggestion, dismissSuggestion } from "#lib/problems/client";
import { problemRef } from "#lib/problems/problem";
import { probability, recurrenceSentence } from "#lib/problems/recurrence";
import type { SuggestionDto } from "#lib/problems/schemas";

/** One recurrence with its evidence, to be made a problem or put away. */
export function SuggestionCard({
  suggestion,
  canRespond,
}: {
  suggestion: SuggestionDto;
  canRespond: boolean;
}) {
  const router = useRouter();
  const [isDismissing, setIsDismissing] = useState(false);
  const accept = useChange<void, { number: number }>({
    change: () => acceptSuggestion(suggestion.id),
    done: ({ number }) => `${problemRef(number)} opened`,
    failed: "No problem was opened",
    onDone: ({ number }) => router.push(`/problems/${number}`),
  });
  const { label, service, kind, ratio, q, incidents, closedProblem, firstFoundAt } = suggestion;
  return (
    <Card
      title={
        <span className="block whitespace-normal first-letter:uppercase">
          {kind === "feature" ? `Feature ${label}` : label}
        </span>
      }
      subtitle={service?.name ?? "Across services"}
      footer={
        canRespond && !isDismissing ? (
          <span className="flex gap-2">
            <Button size="small" variant="primary" pending={accept.isPending} onClick={() => accept.mutate()}>
              Create problem
            </Button>
            <Button size="small" onClick={() => setIsDismissing(true)}>
              Dismiss…
            </Button>
          </span>
        ) : undefined
      }
    >
      <p className="text-body font-medium">{recurrenceSentence(suggestion)}</p>
      <p className="text-meta text-text-3">
        {ratio === null
          ? "Never before in the eight windows compared with"
          : `${ratio.toFixed(1)} times the usual rate`}
        ; exact test of two rates, game time matched, false discovery rate {probability(q)} over all kinds of
        incidents. First seen <Time at={firstFoundAt} />.
      </p>
      {closedProblem ? (
        <p className="mt-1 text-body">
          It was a problem before:{" "}
          <TextLink href={`/problems/${closedProblem.number}`}>
            {problemRef(closedProblem.number)} {closedProblem.title}
          </TextLink>
        </p>
      ) : null}
      {isDismissing ? <DismissForm id={suggestion.id} onCancel={() => setIsDismissing(false)} /> : null}
      <Disclosure summary={`${incidents.length} incidents`} className="mt-2">
        <ul className="flex flex-col gap-1 text-table">
          {incidents.map(({ number, title, createdAt }) => (
            <li key={number} className="flex gap-3">
              <TextLink tone="quiet" href={`/incidents/${number}`} className="min-w-0 flex-1 truncate">
                #{number} {title}
              </TextLink>
              <Time at={createdAt} card={false} className="shrink-0 text-text-3" />
            </li>
          ))}
        </ul>
      </Disclosure>
    </Card>
  );
}

function DismissForm({ id, onCancel }: { id: string; onCancel: () => void }) {
  const [reason, setReason] = useState("");
  const dismiss = useChange({ change: () => dismissSuggestion(id, reason), done: "Suggestion dismissed" });
  return (
    <form
      className="mt-3 flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        dismiss.mutate();
      }}
    >
      <Field
        label="Why is it no problem?"
        hint="It comes back only if it grows by half."
        className="min-w-60 flex-1"
        errors={fieldErrors(dismiss.error, "reason")}
      >
        {(control) => (
          <Input
            {...control}
            required
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <span className="flex gap-2 pb-5.5">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" pending={dismiss.isPending}>
          Dismiss
        </Button>
      </span>
    </form>
  );
}
