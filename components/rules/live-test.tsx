"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import { useState } from "react";
import { Time } from "#components/time/time";
import { Badge } from "#components/ui/badge";
import type { Hue } from "#components/ui/badge";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { CheckboxField } from "#components/ui/checkbox";
import { Disclosure } from "#components/ui/disclosure";
import { ErrorState } from "#components/ui/error-state";
import { Field } from "#components/ui/field";
import { TextLink } from "#components/ui/link";
import { Textarea } from "#components/ui/textarea";
import type { Trial, Tried } from "#lib/rules/client";

interface LiveTestProps {
  trial: UseQueryResult<Trial>;
  labels: ReadonlyMap<string, string>;
  payload: string | null;
  onPayload: (payload: string | null) => void;
}

/** What the draft would do to events that came in, or to one that is pasted. */
export function LiveTest({ trial, labels, payload, onPayload }: LiveTestProps) {
  const { data, error } = trial;
  return (
    <Card
      title="Live test"
      subtitle={payload === null ? "On the last 200 events that came by here" : "On the pasted event"}
    >
      <div className="flex flex-col gap-3">
        <Pasting payload={payload} onPayload={onPayload} />
        {error === null ? null : (
          <ErrorState title="It can't be tried." onRetry={() => void trial.refetch()}>
            {error.message}
          </ErrorState>
        )}
        {data === undefined ? (
          error === null ? (
            <p className="text-table text-text-2">Trying…</p>
          ) : null
        ) : (
          <Outcome trial={data} labels={labels} />
        )}
      </div>
    </Card>
  );
}

function Pasting({
  payload,
  onPayload,
}: {
  payload: string | null;
  onPayload: (payload: string | null) => void;
}) {
  const [text, setText] = useState(payload ?? "");
  return (
    <Disclosure summary="Try a pasted event" open={payload !== null}>
      <Field label="Event as JSON" hint="As it is sent to the Events API, or its payload alone">
        {(control) => (
          <Textarea
            {...control}
            className="font-mono text-table"
            spellCheck={false}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        )}
      </Field>
      <span className="mt-2 flex gap-2">
        <Button size="small" onClick={() => onPayload(text)}>
          Try it
        </Button>
        {payload === null ? null : (
          <Button size="small" variant="ghost" onClick={() => onPayload(null)}>
            Back to the last events
          </Button>
        )}
      </span>
    </Disclosure>
  );
}

function Outcome({ trial, labels }: { trial: Trial; labels: ReadonlyMap<string, string> }) {
  const [all, setAll] = useState(false);
  const different = trial.events.filter(isDifferent);
  const shown = all ? trial.events : different;
  const general = trial.problems.filter(({ ruleId }) => ruleId === null);
  return (
    <>
      {general.map(({ message, level }) => (
        <Callout key={message} tone={level === "error" ? "danger" : "warning"} title={message} />
      ))}
      <Verdict trial={trial} different={different.length} />
      {trial.events.length === 0 ? null : (
        <CheckboxField
          label="Show events that stay as they are, too"
          checked={all}
          onChange={({ target }) => setAll(target.checked)}
        />
      )}
      <ul aria-label="Events tried" className="max-h-[60vh] overflow-y-auto">
        {shown.map((event) => (
          <TriedRow key={event.id} event={event} labels={labels} />
        ))}
      </ul>
    </>
  );
}

function Verdict({ trial, different }: { trial: Trial; different: number }) {
  const { events, hidden } = trial;
  if (events.length === 0)
    return <p className="text-table text-text-2">No event has come by here yet: paste one.</p>;
  const quieter = events.filter(({ before, after }) => before === "pages" && after !== "pages").length;
  return (
    <output className="block">
      <Callout
        tone={hidden.actedOn.length > 0 ? "warning" : "info"}
        title={`${different} of ${events.length} would come out differently than under the rules in force; ${quieter} would no longer page at once.`}
      >
        {hidden.incidents === 0 ? (
          "No incident would have been hidden."
        ) : (
          <>
            Would have hidden {hidden.incidents} {hidden.incidents === 1 ? "incident" : "incidents"},{" "}
            {hidden.actedOn.length === 0
              ? "none of which anybody acted on."
              : `${hidden.actedOn.length} of which somebody acted on: `}
            {hidden.actedOn.slice(0, 5).map((number) => (
              <TextLink key={number} href={`/incidents/${number}`} className="mr-1.5">
                #{number}
              </TextLink>
            ))}
          </>
        )}
      </Callout>
    </output>
  );
}

function isDifferent({ before, after, changes }: Tried): boolean {
  return before !== after || changes.length > 0;
}

const HUES: Record<Tried["after"], Hue> = {
  pages: "orange",
  suppressed: "violet",
  paused: "blue",
  dropped: "slate",
  "ends or acknowledges": "green",
};

function TriedRow({ event, labels }: { event: Tried; labels: ReadonlyMap<string, string> }) {
  const { before, after, rules, changes, incident } = event;
  return (
    <li className="border-b py-2 last:border-b-0">
      <p className="text-table [overflow-wrap:anywhere]">
        <bdi>{event.summary}</bdi>
      </p>
      <p className="flex flex-wrap items-center gap-x-2 text-meta text-text-3">
        {before === after ? null : (
          <>
            <span className="line-through">{before}</span>
            <ArrowRight aria-hidden className="size-3" />
          </>
        )}
        <Badge hue={HUES[after]} form="plain">
          {after}
        </Badge>
        {rules.length === 0
          ? "no rule matches"
          : rules.map((id) => labels.get(id) ?? "the catch-all").join(", then ")}
        {incident === null ? null : (
          <TextLink href={`/incidents/${incident.number}`}>
            #{incident.number}
            {incident.actedOn ? ", acted on" : ""}
          </TextLink>
        )}
        {event.receivedAt === null ? null : <Time at={event.receivedAt} />}
      </p>
      {changes.map((change) => (
        <p key={change} className="text-meta [overflow-wrap:anywhere] text-text-2">
          {change}
        </p>
      ))}
    </li>
  );
}
