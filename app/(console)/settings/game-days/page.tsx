import type { Metadata } from "next";
import { z } from "zod";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { GameDayDialog } from "#components/reports/game-day-dialog";
import { GameDayList } from "#components/reports/game-day-list";
import { EmptyState } from "#components/ui/empty-state";
import { TextLink } from "#components/ui/link";
import { requireContext } from "#lib/auth/session";
import { hasPermission } from "#lib/people/permissions";
import { listGameDays } from "#lib/reports/queries/game-days";

export const metadata: Metadata = { title: "Game days" };

const instant = z.iso.datetime();

export default async function GameDaysPage({ searchParams }: PageProps<"/settings/game-days">) {
  const ctx = await requireContext();
  const before = instant.safeParse((await searchParams).before).data ?? null;
  const { days, older } = await listGameDays(ctx, before);
  const mayChange = hasPermission(ctx.actor.role, "configure");
  const create = mayChange ? <GameDayDialog /> : undefined;
  return (
    <>
      <LiveRefresh entities={["game_day"]} />
      <PageHeader
        title="Game days"
        description="When much more goes on than usual. Reports compare like with like by them."
        actions={create}
      />
      {days.length === 0 && before === null ? (
        <EmptyState kind="first-use" title="No game days yet." actions={create}>
          Enter past ones as well: what reports say about the past takes them into account at once.
        </EmptyState>
      ) : (
        <>
          <GameDayList days={days} mayChange={mayChange} />
          {older === null ? null : (
            <p className="py-3 text-center text-table">
              <TextLink href={`/settings/game-days?before=${encodeURIComponent(older)}`}>
                Earlier game days
              </TextLink>
            </p>
          )}
        </>
      )}
    </>
  );
}
