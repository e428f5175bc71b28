"use client";

import { ArrowLeft, ArrowRight, Clock, Moon, UserRound } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { KeyboardEvent } from "react";
import { Money } from "#components/problems/money";
import { useChange } from "#components/settings/use-change";
import { useNow } from "#components/time/clock";
import { Badge } from "#components/ui/badge";
import { IconButton } from "#components/ui/icon-button";
import { TextLink } from "#components/ui/link";
import { updateProblem } from "#lib/problems/client";
import { neighbourOf, PROBLEM_STATES, problemRef, STATE_LABELS } from "#lib/problems/problem";
import type { ProblemState } from "#lib/problems/problem";
import type { ProblemDto } from "#lib/problems/schemas";
import { DAY } from "#lib/time/calendar";

const COLUMNS = PROBLEM_STATES.slice(0, -1);
const STALE_DAYS = 14;

interface ProblemBoardProps {
  /** Of each state those that moved last. */
  problems: readonly ProblemDto[];
  /** All of them, by state. */
  counts: Record<ProblemState, number>;
  currency: string;
  canRespond: boolean;
}

/** A column for each state; cards move by their buttons, or by Alt and an arrow key. */
export function ProblemBoard({ problems, counts, currency, canRespond }: ProblemBoardProps) {
  const [movedId, setMovedId] = useState<string>();
  const move = useChange<{ problem: ProblemDto; to: ProblemState }, null>({
    change: ({ problem, to }) => updateProblem(problem.id, { state: to }),
    done: (_, { problem, to }) => `${problemRef(problem.number)} moved to ${STATE_LABELS[to]}`,
    failed: "Not moved",
  });
  const step = (problem: ProblemDto, by: -1 | 1) => {
    const to = neighbourOf(problem.state, by);
    if (to === null || !canRespond) return;
    setMovedId(problem.id);
    move.mutate({ problem, to });
  };
  return (
    <div className="grid gap-3 md:grid-cols-3 xl:grid-cols-6">
      {COLUMNS.map((state) => {
        const cards = problems.filter((problem) => columnOf(problem) === state);
        const all = state === "closed" ? counts.closed + counts.risk_accepted : counts[state];
        return (
          <section key={state} aria-label={STATE_LABELS[state]} className="flex min-w-0 flex-col gap-2">
            <h2 className="flex items-center justify-between text-table font-semibold">
              {STATE_LABELS[state]}
              <span className="tabular font-regular text-text-3">{all}</span>
            </h2>
            <ul className="flex flex-col gap-2 rounded-card bg-sunken p-2 md:min-h-40">
              {cards.map((problem) => (
                <li key={problem.id}>
                  <BoardCard
                    problem={problem}
                    currency={currency}
                    canRespond={canRespond}
                    wasMoved={movedId === problem.id}
                    onStep={(by) => step(problem, by)}
                  />
                </li>
              ))}
              {cards.length < all ? (
                <li className="p-2 text-meta">
                  <TextLink href={`/problems?view=table&state=${state}`}>
                    {all - cards.length} more in the table
                  </TextLink>
                </li>
              ) : null}
              {cards.length === 0 ? <li className="p-2 text-meta text-text-3">None.</li> : null}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function columnOf({ state }: ProblemDto): ProblemState {
  return state === "risk_accepted" ? "closed" : state;
}

interface BoardCardProps {
  problem: ProblemDto;
  currency: string;
  canRespond: boolean;
  wasMoved: boolean;
  onStep: (by: -1 | 1) => void;
}

function BoardCard({ problem, currency, canRespond, wasMoved, onStep }: BoardCardProps) {
  const link = useRef<HTMLAnchorElement>(null);
  // The card is made anew in its next column: whoever moved it by key goes on from there.
  const wasMovedHere = useRef(wasMoved);
  useEffect(() => {
    if (wasMovedHere.current) link.current?.focus({ preventScroll: true });
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== "ArrowLeft" && event.key !== "ArrowRight")) return;
    event.preventDefault();
    onStep(event.key === "ArrowLeft" ? -1 : 1);
  };
  const [left, right] = [neighbourOf(problem.state, -1), neighbourOf(problem.state, 1)];
  return (
    // The keys belong to the link inside; its card only hears them.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div onKeyDown={onKeyDown} className="flex flex-col gap-1.5 rounded-card border bg-surface p-2.5">
      <TextLink
        tone="quiet"
        href={`/problems/${problem.number}`}
        aria-keyshortcuts={canRespond ? "Alt+ArrowLeft Alt+ArrowRight" : undefined}
        ref={link}
        className="text-table font-medium [overflow-wrap:anywhere]"
      >
        <span className="block text-meta text-text-3">{problemRef(problem.number)}</span> {problem.title}
      </TextLink>
      <CardFacts problem={problem} currency={currency} />
      {canRespond ? (
        <div className="flex items-center justify-between">
          <IconButton
            size="small"
            disabled={left === null}
            name={
              left === null
                ? "In the first column"
                : `Move ${problemRef(problem.number)} to ${STATE_LABELS[left]}`
            }
            icon={<ArrowLeft aria-hidden />}
            onClick={() => onStep(-1)}
          />
          <IconButton
            size="small"
            disabled={right === null}
            name={
              right === null
                ? "In the last column"
                : `Move ${problemRef(problem.number)} to ${STATE_LABELS[right]}`
            }
            icon={<ArrowRight aria-hidden />}
            onClick={() => onStep(1)}
          />
        </div>
      ) : null}
    </div>
  );
}

function CardFacts({ problem, currency }: { problem: ProblemDto; currency: string }) {
  const now = useNow("minute");
  const days = Math.floor((now - Date.parse(problem.stateChangedAt)) / DAY);
  const isOver = columnOf(problem) === "closed";
  return (
    <>
      <p className="text-meta text-text-3">
        {problem.incidentCount} {problem.incidentCount === 1 ? "incident" : "incidents"} ·{" "}
        <Money amount={problem.cost} currency={currency} /> est.
        {problem.recurrencesSinceFix === null ? "" : ` · ${problem.recurrencesSinceFix} since the fix`}
      </p>
      <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-meta text-text-3">
        {problem.sleepInterruptions > 0 ? (
          <span className="flex items-center gap-1">
            <Moon aria-hidden className="size-3.5" />
            {problem.sleepInterruptions} woken
          </span>
        ) : null}
        <span className="flex min-w-0 items-center gap-1">
          <UserRound aria-hidden className="size-3.5 shrink-0" />
          <span className="truncate">{problem.owner?.name ?? "No owner"}</span>
        </span>
        {problem.state === "risk_accepted" ? <span>{STATE_LABELS.risk_accepted}</span> : null}
        {problem.isOverdue ? <Badge hue="red">Overdue</Badge> : null}
        {days > STALE_DAYS && !isOver ? (
          <Badge hue="amber" icon={<Clock aria-hidden />}>
            {days} d here
          </Badge>
        ) : null}
      </p>
    </>
  );
}
