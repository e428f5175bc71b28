import type { UseQueryResult } from "@tanstack/react-query";
import { Badge } from "#components/ui/badge";
import type { Hue } from "#components/ui/badge";
import { Callout } from "#components/ui/callout";
import { CodeBlock } from "#components/ui/code-block";
import { Disclosure } from "#components/ui/disclosure";
import { ErrorState } from "#components/ui/error-state";
import type { JsonTrial, JsonTriedItem } from "#lib/events/client";

const HUES: Record<string, Hue> = {
  trigger: "orange",
  acknowledge: "blue",
  resolve: "green",
  rejected: "red",
  ignored: "slate",
};

/** What each item of the message would become. */
export function MappingTrialView({ trial }: { trial: UseQueryResult<JsonTrial> }) {
  const { data, error } = trial;
  if (error !== null) {
    return (
      <ErrorState title="It can't be tried." onRetry={() => void trial.refetch()}>
        {error.message}
      </ErrorState>
    );
  }
  if (data === undefined) return <p className="text-table text-text-2">Paste a message to try it.</p>;
  const { unread, items, counts } = data;
  return (
    <>
      <output className="block">
        {unread === null ? (
          <Callout tone={counts.rejected > 0 ? "warning" : "info"} title={sentence(counts)}>
            {counts.rejected > 0
              ? "What is not read is kept with its reason, and can be replayed."
              : undefined}
          </Callout>
        ) : (
          <Callout tone="warning" title={`Not read: ${unread}`}>
            It would be kept with this reason, and can be replayed.
          </Callout>
        )}
      </output>
      <ol aria-label="What each item becomes" className="max-h-[70vh] overflow-y-auto">
        {items.map((item) => (
          <TriedItem key={item.index} item={item} />
        ))}
      </ol>
    </>
  );
}

function sentence({ events, rejected, ignored }: JsonTrial["counts"]): string {
  const parts = [
    `${events} ${events === 1 ? "event" : "events"}`,
    ...(rejected > 0 ? [`${rejected} not read`] : []),
    ...(ignored > 0 ? [`${ignored} passed over`] : []),
  ];
  return `${parts.join(", ")}.`;
}

function TriedItem({ item }: { item: JsonTriedItem }) {
  const kind = item.kind === "event" ? item.event.action : item.kind;
  return (
    <li className="border-b py-2 last:border-b-0">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-table">
        <span className="text-text-3 tabular-nums">{item.index + 1}</span>
        <Badge hue={HUES[kind] ?? "slate"} form="outline">
          {kind}
        </Badge>
        {item.kind === "event" && item.event.severity !== null ? (
          <span className="text-text-2">{item.event.severity}</span>
        ) : null}
      </p>
      {item.kind === "event" ? (
        <EventPreview event={item.event} />
      ) : (
        <p className="mt-1 text-table [overflow-wrap:anywhere] text-text-2">{item.reason}</p>
      )}
    </li>
  );
}

function EventPreview({ event }: { event: Extract<JsonTriedItem, { kind: "event" }>["event"] }) {
  const { summary, source, dedupKey, warnings } = event;
  return (
    <>
      <p className="mt-1 text-body [overflow-wrap:anywhere]">
        <bdi>{summary}</bdi>
      </p>
      <p className="text-meta [overflow-wrap:anywhere] text-text-3">
        <bdi>{source}</bdi> · <span className="font-mono">{dedupKey}</span>
      </p>
      {warnings.map((warning) => (
        <p key={warning} className="text-meta [overflow-wrap:anywhere] text-status-amber-fg">
          {warning}
        </p>
      ))}
      <Disclosure summary="All of it" className="mt-1">
        <CodeBlock name="The event" code={JSON.stringify(event, null, 2)} />
      </Disclosure>
    </>
  );
}
