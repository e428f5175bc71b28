import { ArrowRight } from "lucide-react";
import { TraceSteps } from "#components/services/trace-steps";
import { Time } from "#components/time/time";
import { Badge, type Hue } from "#components/ui/badge";
import { CodeBlock } from "#components/ui/code-block";
import { Disclosure } from "#components/ui/disclosure";
import { TextLink } from "#components/ui/link";
import type { ReceivedEvent } from "#lib/events/client";

const ACTION_HUES: Record<string, Hue> = { trigger: "orange", acknowledge: "blue", resolve: "green" };

const OUTCOMES: Record<string, { label: string; hue: Hue }> = {
  create: { label: "opened an alert", hue: "violet" },
  count: { label: "counted again", hue: "slate" },
  acknowledge: { label: "acknowledged", hue: "blue" },
  resolve: { label: "resolved", hue: "green" },
  drop: { label: "opened nothing", hue: "amber" },
};

const HELD_BACK = { label: "opened an alert, held back", hue: "amber" } as const;

/** One event as it came in: what was understood, what came of it, and why. */
export function EventRow({ event, open = false }: { event: ReceivedEvent; open?: boolean }) {
  return (
    <li className="border-b px-4 py-3 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-table">
        <Badge hue={ACTION_HUES[event.action] ?? "slate"} form="outline">
          {event.action}
        </Badge>
        <ArrowRight aria-hidden className="size-3.5 text-text-3" />
        <Outcome event={event} />
        {event.occurrences === 1 ? null : (
          <span className="text-text-2">said {event.occurrences.toLocaleString("en-US")} times</span>
        )}
        {event.incident === null ? null : (
          <TextLink href={`/incidents/${event.incident.number}`}>#{event.incident.number}</TextLink>
        )}
        <span className="ml-auto text-text-3">
          <Time at={event.receivedAt} />
        </span>
      </div>
      <p className="mt-1 [overflow-wrap:anywhere] text-body">
        <bdi>{summaryOf(event.event) || event.dedupKey}</bdi>
      </p>
      <p className="text-meta text-text-3">
        {event.integration?.name ?? "Deleted integration"} · {event.source} ·{" "}
        <span className="font-mono break-all">{event.dedupKey}</span>
      </p>
      <Disclosure
        summary={event.outcome === "drop" ? "Why nobody was paged" : "Why"}
        open={open}
        className="mt-1"
      >
        <div className="flex flex-col gap-3">
          {event.trace.length === 0 ? (
            <p className="text-table text-text-2">Nothing is decided yet.</p>
          ) : (
            <TraceSteps trace={event.trace} label="Decisions about this event" />
          )}
          {event.raw === null ? null : <Shape name="As it was sent" value={event.raw} />}
          <Shape name="As it was understood" value={event.event} />
        </div>
      </Disclosure>
    </li>
  );
}

function Shape({ name, value }: { name: string; value: unknown }) {
  return (
    <figure>
      <figcaption className="mb-1 text-meta text-text-3">{name}</figcaption>
      <CodeBlock name={name} code={JSON.stringify(value, null, 2)} />
    </figure>
  );
}

function Outcome({ event }: { event: ReceivedEvent }) {
  if (event.processedAt === null) {
    return (
      <Badge hue="slate" form="plain">
        waits for the engine
      </Badge>
    );
  }
  const isHeldBack = event.outcome === "create" && event.incident === null;
  const known = isHeldBack ? HELD_BACK : OUTCOMES[event.outcome ?? ""];
  const outcome = known ?? { label: event.outcome ?? "processed", hue: "slate" };
  return (
    <Badge hue={outcome.hue} form="plain">
      {outcome.label}
    </Badge>
  );
}

function summaryOf(event: unknown): string {
  if (typeof event !== "object" || event === null || !("summary" in event)) return "";
  return typeof event.summary === "string" ? event.summary : "";
}
