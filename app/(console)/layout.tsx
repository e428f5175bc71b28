import { ArrowLeftRight, CloudLightning, Siren } from "lucide-react";
import type { ReactNode } from "react";
import { ConsoleShell } from "#components/layout/console-shell";
import { ContextStrip } from "#components/layout/context-strip";
import { OfflineCopy } from "#components/layout/offline-copy";
import { LiveRefresh } from "#components/live/live-refresh";
import { Time } from "#components/time/time";
import { requireContext } from "#lib/auth/session";
import { readShell } from "#lib/incidents/queries/shell";
import type { ShellDto } from "#lib/incidents/queries/shell";
import { listStorms } from "#lib/noise/queries/storms";
import { stormSentence } from "#lib/noise/storm";
import type { OpenStorm } from "#lib/noise/storm";
import { listOwnHandOffs } from "#lib/on-call/queries/own-hand-offs";
import type { OwnHandOff } from "#lib/on-call/queries/own-hand-offs";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const ctx = await requireContext();
  const [shell, storms, [handOff]] = await Promise.all([
    readShell(ctx),
    listStorms(ctx),
    listOwnHandOffs(ctx),
  ]);
  const { id, name, role, timeZone } = ctx.actor;
  return (
    <ConsoleShell
      user={{ id: id ?? "", name, role, email: shell.email }}
      viewer={{ timeZone, locale: "en-GB", hour12: false }}
      serverNow={shell.now}
      unackedCount={shell.unackedCount}
      contextStrip={stripOf(shell, storms, handOff)}
    >
      <LiveRefresh entities={["incident", "storm"]} />
      <OfflineCopy />
      {children}
    </ConsoleShell>
  );
}

/** One line: the worst that is open, else the storm that is on, else the hand-off that is near. */
function stripOf(
  { major }: ShellDto,
  [storm, ...more]: readonly OpenStorm[],
  handOff: OwnHandOff | undefined,
): ReactNode {
  if (major) return <MajorStrip major={major} />;
  if (storm) return <StormStrip storm={storm} more={more.length} />;
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
      {major.priority} · {major.title} · {major.status}, opened <Time at={major.createdAt} card={false} />
    </ContextStrip>
  );
}

function StormStrip({ storm, more }: { storm: OpenStorm; more: number }) {
  const { service, incident, startedAt } = storm;
  const isOne = more === 0 && incident?.isOpen === true;
  return (
    <ContextStrip
      kind="storm"
      href={isOne ? `/incidents/${incident.number}` : "/incidents?status=open"}
      icon={<CloudLightning aria-hidden />}
    >
      Storm of alerts on {service.name}
      {more === 0 ? "" : ` and ${more} more`} · since <Time at={startedAt} format="date-time" card={false} />{" "}
      · {stormSentence(storm)}
    </ContextStrip>
  );
}
