import { Siren } from "lucide-react";
import type { ReactNode } from "react";
import { ConsoleShell } from "#components/layout/console-shell";
import { ContextStrip } from "#components/layout/context-strip";
import { OfflineCopy } from "#components/layout/offline-copy";
import { LiveRefresh } from "#components/live/live-refresh";
import { Time } from "#components/time/time";
import { requireContext } from "#lib/auth/session";
import { readShell } from "#lib/incidents/queries/shell";
import type { ShellDto } from "#lib/incidents/queries/shell";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const ctx = await requireContext();
  const shell = await readShell(ctx);
  const { id, name, role, timeZone } = ctx.actor;
  return (
    <ConsoleShell
      user={{ id: id ?? "", name, role, email: shell.email }}
      viewer={{ timeZone, locale: "en-GB", hour12: false }}
      serverNow={shell.now}
      unackedCount={shell.unackedCount}
      contextStrip={shell.major ? <MajorStrip major={shell.major} /> : null}
    >
      <LiveRefresh entities={["incident"]} />
      <OfflineCopy />
      {children}
    </ConsoleShell>
  );
}

function MajorStrip({ major }: { major: NonNullable<ShellDto["major"]> }) {
  return (
    <ContextStrip kind="major" href={`/incidents/${major.number}`} icon={<Siren aria-hidden />}>
      {major.priority} · {major.title} · {major.status} · since <Time at={major.createdAt} card={false} />
    </ContextStrip>
  );
}
