import { cache } from "react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AcceptShift } from "#components/hand-offs/accept-shift";
import { PeopleOfHandOff } from "#components/hand-offs/people-of-hand-off";
import { ShiftChanges } from "#components/hand-offs/shift-changes";
import { ShiftNoise } from "#components/hand-offs/shift-noise";
import { WatchOuts } from "#components/hand-offs/watch-outs";
import { IncidentTable } from "#components/incidents/incident-table";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { Time } from "#components/time/time";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { ButtonLink, TextLink } from "#components/ui/link";
import { requireContext } from "#lib/auth/session";
import { AppError } from "#lib/errors";
import type { IncidentRowDto } from "#lib/incidents/schemas";
import { parseHandOffAddress } from "#lib/on-call/hand-off-address";
import { getHandOff } from "#lib/on-call/queries/hand-off";
import type { HandOffDto } from "#lib/on-call/queries/hand-off";
import { findNearHandOffs } from "#lib/on-call/queries/near-hand-offs";
import type { NearHandOffs } from "#lib/on-call/queries/near-hand-offs";
import { readHandOffWork } from "#lib/on-call/queries/hand-off-work";

type Props = { params: Promise<{ shift: string }> };

const read = cache(async (shift: string): Promise<HandOffDto> => {
  const ref = parseHandOffAddress(shift);
  if (ref === null) notFound();
  try {
    return await getHandOff(await requireContext(), ref);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Hand-off ${(await read((await params).shift)).schedule.name}` };
}

export default async function HandOffPage({ params }: Props) {
  const [ctx, { shift }] = await Promise.all([requireContext(), params]);
  const handOff = await read(shift);
  const { schedule, at, since, outgoing, watchOuts, mayWrite, mayAccept } = handOff;
  const [work, near] = await Promise.all([
    readHandOffWork(ctx, {
      scheduleId: schedule.id,
      outgoing: outgoing.map(({ id }) => id),
      since: new Date(since),
      at: new Date(at),
    }),
    findNearHandOffs(ctx, schedule.id, new Date(at)),
  ]);
  return (
    <>
      <LiveRefresh entities={["schedule", "incident"]} />
      <PageHeader
        title={`Hand-off: ${schedule.name}`}
        trail="Hand-off"
        description={<Time at={at} format="date-time" />}
        actions={mayAccept ? <AcceptShift handOff={shift} schedule={schedule.name} /> : undefined}
      />
      <State handOff={handOff} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div className="flex min-w-0 flex-col gap-4">
          <WatchOuts handOff={shift} watchOuts={watchOuts} mayWrite={mayWrite} />
          <Incidents title="Open incidents" rows={work.open} empty="Nothing is open." />
          {work.snoozed.length === 0 ? null : (
            <Incidents title="Asleep, and wake later" rows={work.snoozed} empty="" />
          )}
          <ShiftChanges changes={work.changes} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <PeopleOfHandOff handOff={handOff} />
          <ShiftNoise noise={work.noise} />
          <Neighbours near={near} slug={schedule.slug} />
        </div>
      </div>
    </>
  );
}

function Neighbours({ near, slug }: { near: NearHandOffs; slug: string }) {
  return (
    <nav aria-label="Other hand-offs" data-screen className="flex flex-wrap gap-2">
      {near.previous === null ? null : (
        <ButtonLink href={`/on-call/handoff/${near.previous}`}>Previous hand-off</ButtonLink>
      )}
      {near.next === null ? null : (
        <ButtonLink href={`/on-call/handoff/${near.next}`}>Next hand-off</ButtonLink>
      )}
      <ButtonLink href={`/schedules/${slug}`}>Schedule</ButtonLink>
    </nav>
  );
}

function State({ handOff }: { handOff: HandOffDto }) {
  const { isGone, opensAt, now, incoming, schedule } = handOff;
  if (isGone) {
    return (
      <Callout tone="warning" className="mb-4" title="Nobody goes on or off call at this time any more.">
        The schedule was changed; <TextLink href={`/schedules/${schedule.slug}`}>see who is on call</TextLink>
        . What was written is kept.
      </Callout>
    );
  }
  if (incoming.length === 0) {
    return (
      <Callout tone="danger" className="mb-4" title="Nobody takes over.">
        From then on nobody is on call by this schedule.
      </Callout>
    );
  }
  if (opensAt <= now) return null;
  return (
    <Callout className="mb-4" title="Still ahead.">
      The shift can be accepted from <Time at={opensAt} format="date-time" /> on.
    </Callout>
  );
}

function Incidents({
  title,
  rows,
  empty,
}: {
  title: string;
  rows: readonly IncidentRowDto[];
  empty: string;
}) {
  return (
    <Card
      title={title}
      subtitle={rows.length === 0 ? undefined : String(rows.length)}
      flush={rows.length > 0}
    >
      {rows.length === 0 ? (
        <p className="text-body text-text-2">{empty}</p>
      ) : (
        <IncidentTable caption={title} rows={rows} compact />
      )}
    </Card>
  );
}
