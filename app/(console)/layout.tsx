import { ArrowLeftRight, Siren } from "lucide-react";
import type { ReactNode } from "react";
import { ConsoleShell } from "#components/layout/console-shell";
import { ContextStrip } from "#components/layout/context-strip";
import { OfflineCopy } from "#components/layout/offline-copy";
import { LiveRefresh } from "#components/live/live-refresh";
import { Time } from "#components/time/time";
import { requireContext } from "#lib/auth/session";
import { readShell } from "#lib/incidents/queries/shell";
import type { ShellDto } from "#lib/incidents/queries/shell";
import { listOwnHandOffs } from "#lib/on-call/queries/own-hand-offs";
import type { OwnHandOff } from "#lib/on-call/queries/own-hand-offs";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const ctx = await requireContext();
  const [shell, [handOff]] = await Promise.all([readShell(ctx), listOwnHandOffs(ctx)]);
  const { id, name, role, timeZone } = ctx.actor;
  return (
    <ConsoleShell
      user={{ id: id ?? "", name, role, email: shell.email }}
      viewer={{ timeZone, locale: "en-GB", hour12: false }}
      serverNow={shell.now}
      unackedCount={shell.unackedCount}
      contextStrip={stripOf(shell, handOff)}
    >
      <LiveRefresh entities={["incident"]} />
      <OfflineCopy />
      {children}
    </ConsoleShell>
  );
}

/** One line: the worst that is open, or else the hand-off that is near. */
function stripOf({ major }: ShellDto, handOff: OwnHandOff | undefined): ReactNode {
  if (major) return <MajorStrip major={major} />;
  return handOff ? <HandOffStrip handOff={handOff} /> : null;
}

function HandOffStrip({ handOff }: { handOff: OwnHandOff }) {
  const { address, schedule, at, side } = handOff;
  return (
    <ContextStrip kind="on-call" href={`/on-call/handoff/${address}`} icon={<ArrowLeftRight aria-hidden />}>
      {side === "incoming" ? "You take over" : "You hand over"} {schedule.name}{" "}
      <Time at={at} format="relative" card={false} />
    </ContextStrip>
  );
}

function MajorStrip({ major }: { major: NonNullable<ShellDto["major"]> }) {
  return (
    <ContextStrip kind="major" href={`/incidents/${major.number}`} icon={<Siren aria-hidden />}>
      {major.priority} · {major.title} · {major.status} · since <Time at={major.createdAt} card={false} />
    </ContextStrip>
  );
}
