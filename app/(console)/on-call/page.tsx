import type { Metadata } from "next";
import { OwnHandOffs } from "#components/hand-offs/own-hand-offs";
import { Directory } from "#components/on-call/directory";
import type { Contact } from "#components/on-call/level-people";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { CoverInbox } from "#components/schedules/cover-inbox";
import { EmptyState } from "#components/ui/empty-state";
import { ButtonLink } from "#components/ui/link";
import { requireContext } from "#lib/auth/session";
import { readCoverInbox } from "#lib/on-call/queries/covers";
import { listOwnHandOffs } from "#lib/on-call/queries/own-hand-offs";
import { listOnCallNow } from "#lib/on-call/queries/on-call-table";
import type { OnCallRow } from "#lib/on-call/queries/on-call-table";
import { hasPermission } from "#lib/people/permissions";
import { listContacts } from "#lib/people/queries/contacts";
import type { Contacts } from "#lib/people/queries/contacts";

export const metadata: Metadata = { title: "On call now" };

export default async function OnCallPage({
  searchParams,
}: {
  searchParams: Promise<{ q?: string | string[] }>;
}) {
  const [ctx, { q }] = await Promise.all([requireContext(), searchParams]);
  const [rows, covers, ownHandOffs] = await Promise.all([
    listOnCallNow(ctx),
    readCoverInbox(ctx),
    listOwnHandOffs(ctx),
  ]);
  const contacts = await listContacts(ctx, peopleIn(rows));
  const { role, id } = ctx.actor;
  const canConfigure = hasPermission(role, "configure");
  return (
    <>
      <LiveRefresh entities={["schedule", "escalation_policy", "user"]} />
      <PageHeader
        title="On call now"
        description={describe(rows)}
        actions={
          <>
            <ButtonLink href="/schedules">Schedules</ButtonLink>
            <ButtonLink href="/escalation">Escalation policies</ButtonLink>
          </>
        }
      />
      <OwnHandOffs handOffs={ownHandOffs} />
      <CoverInbox covers={covers} viewerId={id ?? ""} />
      {rows.length === 0 ? (
        <EmptyState
          kind="first-use"
          title="Nobody is on call yet."
          actions={
            canConfigure ? (
              <>
                <ButtonLink href="/schedules/new" variant="primary">
                  New schedule
                </ButtonLink>
                <ButtonLink href="/escalation/new">New escalation policy</ButtonLink>
              </>
            ) : undefined
          }
        >
          A schedule says who is on call when; an escalation policy says who is told first, and who if they
          don’t answer.
        </EmptyState>
      ) : (
        <Directory
          entries={rows}
          contacts={Object.fromEntries([...contacts].map(([userId, of]) => [userId, toContact(of)]))}
          initialQuery={typeof q === "string" ? q : ""}
          viewerId={hasPermission(role, "incident.respond") ? id : null}
          canDeclare={hasPermission(role, "incident.declare")}
        />
      )}
    </>
  );
}

function peopleIn(rows: readonly OnCallRow[]): string[] {
  return [
    ...new Set(
      rows.flatMap(({ levels }) => levels.flatMap(({ people }) => people.map(({ user }) => user.id))),
    ),
  ];
}

function describe(rows: readonly OnCallRow[]): string {
  const people = peopleIn(rows).length;
  const empty = rows.filter(({ levels }) => levels[0]?.people.length === 0).length;
  const sentence = `${people} ${people === 1 ? "person" : "people"} for ${rows.length} ${rows.length === 1 ? "policy" : "policies"}.`;
  return empty === 0 ? sentence : `${sentence} ${empty} without anybody at level 1.`;
}

function toContact({ methods }: Contacts): Contact {
  const known = methods.filter(({ enabled, isMasked }) => enabled && !isMasked);
  const phone =
    known.find(({ channel }) => channel === "phone") ?? known.find(({ channel }) => channel === "sms");
  const email = known.find(({ channel }) => channel === "email");
  return {
    email: email?.address ?? null,
    phone: phone ? `+${phone.countryCode ?? ""}${phone.address.replace(/^\+/, "")}` : null,
  };
}
