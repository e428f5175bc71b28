"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useCommands } from "#components/layout/commands";
import {
  OverrideDialog,
  type OverrideSubject,
  type PersonChoice,
} from "#components/schedules/override-dialog";
import { ShiftLanes, type LanesPage } from "#components/schedules/shift-lanes";
import { ShiftTable } from "#components/schedules/shift-table";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import type { BoardItem, BoardLane } from "#lib/on-call/board";
import { zoneCity } from "#lib/time/format";

export type BoardLinks = Record<"previous" | "today" | "next" | "day" | "week" | "month", string>;

interface ScheduleBoardProps {
  schedule: { id: string; name: string; timeZone: string };
  lanes: readonly BoardLane[];
  page: LanesPage;
  /** Epoch milliseconds. */
  now: number;
  show: "lanes" | "list";
  zone: string;
  people: readonly PersonChoice[];
  viewerId: string | null;
  canOverride: boolean;
  /** Now and tomorrow at the same time, on the schedule's clocks. */
  proposal: { fromLocal: string; untilLocal: string; coverFromLocal: string };
  links: BoardLinks;
}

/** The drawing and the list of one schedule, and the overrides made from both. */
export function ScheduleBoard(props: ScheduleBoardProps) {
  const { schedule, lanes, page, now, show, zone, people, viewerId, canOverride, proposal, links } = props;
  const [subject, setSubject] = useState<OverrideSubject | null>(null);
  const openItem = canOverride ? (item: BoardItem) => setSubject(subjectOf(item, now, proposal)) : undefined;
  const openEmpty = () => setSubject(emptySubject(proposal));
  useBoardCommands(links, canOverride ? openEmpty : undefined);
  const items = lanes.find(({ kind }) => kind === "final")?.items ?? [];
  return (
    <>
      <Card
        flush
        title={show === "lanes" ? "Who is on call" : "Shifts"}
        subtitle={`Times in ${zoneCity(zone)}`}
        actions={
          canOverride ? (
            <Button size="small" onClick={openEmpty}>
              Override…
            </Button>
          ) : undefined
        }
      >
        {show === "lanes" ? (
          <div className="px-4 pb-3 max-md:hidden">
            <ShiftLanes
              label={`${schedule.name}, times in ${zone}`}
              lanes={lanes}
              page={page}
              now={now}
              onOpen={openItem}
            />
          </div>
        ) : null}
        <div className={show === "lanes" ? "md:hidden" : undefined}>
          <ShiftTable
            caption={`Shifts of ${schedule.name}, times in ${zone}`}
            items={items}
            now={now}
            onOpen={openItem}
          />
        </div>
      </Card>
      <OverrideDialog
        schedule={schedule}
        people={people}
        viewerId={viewerId}
        zone={zone}
        subject={subject}
        onClose={() => setSubject(null)}
      />
    </>
  );
}

/** What has begun can be taken over from now on only. */
function subjectOf(
  item: BoardItem,
  now: number,
  { fromLocal, coverFromLocal }: ScheduleBoardProps["proposal"],
): OverrideSubject {
  const isRunning = item.start <= now;
  return {
    ...item,
    fromLocal: isRunning ? fromLocal : item.fromLocal,
    cover: { fromLocal: isRunning ? coverFromLocal : item.fromLocal, untilLocal: item.untilLocal },
    isRunning,
    isOver: item.end <= now,
  };
}

function emptySubject(proposal: ScheduleBoardProps["proposal"]): OverrideSubject {
  const nothing = { kind: "shift", person: null, span: "", source: "", overrideId: null } as const;
  return { ...nothing, start: 0, end: 0, isOver: false, isRunning: false, cover: proposal, ...proposal };
}

function useBoardCommands(links: BoardLinks, onOverride: (() => void) | undefined): void {
  const router = useRouter();
  const go = (id: keyof BoardLinks, title: string, keys: string) => ({
    id: `schedule ${id}`,
    title,
    section: "This schedule",
    keys,
    perform: () => router.replace(links[id], { scroll: false }),
  });
  useCommands([
    ...(onOverride === undefined
      ? []
      : [
          {
            id: "schedule override",
            title: "Override",
            section: "This schedule",
            keys: "o",
            keywords: ["cover", "swap", "take over"],
            perform: onOverride,
          },
        ]),
    go("today", "Show now", "n"),
    go("day", "Show a day", "d"),
    go("week", "Show a week", "w"),
    go("month", "Show a month", "m"),
    go("previous", "Show what was before", "b"),
    go("next", "Show what comes after", "f"),
  ]);
}
