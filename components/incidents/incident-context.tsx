import { Badge } from "#components/ui/badge";
import type { Hue } from "#components/ui/badge";
import { Time } from "#components/time/time";
import { Duration } from "#components/time/duration";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link";
import type { Outlier, OutlierMark } from "#lib/noise/outlier";
import type { IncidentContext, PastIncident, RelatedIncident } from "#lib/noise/client";

const MARKS: Record<OutlierMark, { label: string; hue: Hue }> = {
  frequent: { label: "Frequent here", hue: "amber" },
  rare: { label: "Rare here", hue: "violet" },
  new: { label: "Not seen before", hue: "violet" },
  usual: { label: "Neither frequent nor rare", hue: "slate" },
};

/** What happened before and what happens beside an incident, each with why it is shown. */
export function IncidentContextCards({ past, related }: IncidentContext) {
  return (
    <>
      <PastCard past={past} />
      <RelatedCard related={related} />
    </>
  );
}

function PastCard({ past }: Pick<IncidentContext, "past">) {
  const { incidents, sameKind, outlier } = past;
  if (incidents.length === 0 && outlier === null) return null;
  const shown = incidents.filter((one) => one.sameKind).length;
  return (
    <Card
      title="Seen before"
      {...(sameKind > shown ? { subtitle: `The newest of ${sameKind} of its kind in half a year` } : {})}
    >
      <div className="flex flex-col gap-3">
        {outlier === null ? null : <OutlierLine outlier={outlier} />}
        {incidents.length === 0 ? (
          <p className="text-body text-text-2">No earlier incident of this service says the same.</p>
        ) : (
          <ul aria-label="Earlier incidents like this one" className="flex flex-col gap-3 text-body">
            {incidents.map((one) => (
              <PastRow key={one.number} incident={one} />
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}

function OutlierLine({ outlier }: { outlier: Outlier }) {
  const { label, hue } = MARKS[outlier.mark];
  return (
    <p className="text-table text-text-2">
      <Badge hue={hue} form="outline">
        {label}
      </Badge>{" "}
      {outlier.because}
    </p>
  );
}

function PastRow({ incident }: { incident: PastIncident }) {
  return (
    <li>
      <p className="[overflow-wrap:anywhere]">
        <TextLink href={`/incidents/${incident.number}`}>
          #{incident.number} <bdi>{incident.title}</bdi>
        </TextLink>
      </p>
      <p className="text-meta text-text-3">
        <Time at={incident.createdAt} /> · <Ending incident={incident} />
      </p>
      {incident.resolution === null ? null : (
        <p className="text-table text-text-2">
          <bdi>“{incident.resolution}”</bdi>
        </p>
      )}
      <p className="text-meta text-text-3">{incident.why}</p>
    </li>
  );
}

function Ending({ incident }: { incident: PastIncident }) {
  if (incident.lastedMs === null) return <>still open</>;
  const who = incident.resolvedBy === null ? "ended by a machine" : `resolved by ${incident.resolvedBy}`;
  return (
    <>
      {who} after <Duration milliseconds={incident.lastedMs} />
    </>
  );
}

function RelatedCard({ related }: { related: readonly RelatedIncident[] }) {
  if (related.length === 0) return null;
  return (
    <Card title="At about the same time" subtitle="Within an hour; happening together is no proof.">
      <ul aria-label="Incidents at about the same time" className="flex flex-col gap-3 text-body">
        {related.map((one) => (
          <li key={one.number}>
            <p className="[overflow-wrap:anywhere]">
              <TextLink href={`/incidents/${one.number}`}>
                #{one.number} <bdi>{one.title}</bdi>
              </TextLink>
            </p>
            <p className="text-meta text-text-3">
              {one.service} · {one.status}
            </p>
            <p className="text-meta text-text-3">{one.why}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
