import { BookOpen, ExternalLink } from "lucide-react";
import { ChangesBefore } from "#components/incidents/changes-before";
import type { ReactNode } from "react";
import { RespondersCard } from "#components/incidents/responders-card";
import type { RespondersProps } from "#components/incidents/responders-card";
import { LevelsCard } from "#components/service-levels/levels-card";
import { Countdown } from "#components/time/duration";
import { Time } from "#components/time/time";
import { Card } from "#components/ui/card";
import { Fact, Facts } from "#components/ui/facts";
import { TextLink } from "#components/ui/link";
import type { ChangeBefore } from "#lib/events/client";
import { CORRECTABLE } from "#lib/incidents/corrections";
import type { IncidentDetailDto } from "#lib/incidents/schemas";

const PENDING: Record<string, string> = {
  escalate: "Escalates",
  unacknowledge: "Pages again",
  resolve: "Resolves itself",
  urgency_change: "Becomes high urgency",
};

type SideProps = RespondersProps & {
  changes: readonly ChangeBefore[];
  context: ReactNode;
  follow: ReactNode;
};

/** Who has it, what happens by itself, what it is about, where to look. */
export function IncidentSide({ changes, context, follow, ...props }: SideProps) {
  const { incident } = props;
  return (
    <aside aria-label="About this incident" className="flex flex-col gap-4">
      <RespondersCard {...props} />
      {incident.pending.length > 0 ? <NextUp incident={incident} /> : null}
      <ChangesBefore changes={changes} />
      {context}
      <LevelsCard levels={incident.levels} />
      <Links incident={incident} />
      <FactsCard incident={incident} />
      {follow}
    </aside>
  );
}

type Props = { incident: IncidentDetailDto };

function NextUp({ incident }: Props) {
  const to = incident.consequence?.to;
  return (
    <Card title="What happens next">
      <ul className="flex flex-col gap-1.5 text-body">
        {incident.pending.map((action) => (
          <li key={action.type} className="flex justify-between gap-3">
            <span>
              {PENDING[action.type]}
              {action.type === "escalate" && to ? ` to ${to}` : ""}
            </span>
            <Countdown until={action.at} after="now" />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Links({ incident }: Props) {
  return (
    <Card title="Look here">
      <ul className="flex flex-col gap-1.5 text-body">
        {incident.runbookUrl ? (
          <li className="flex items-center gap-2">
            <BookOpen aria-hidden className="size-4 text-text-3" />
            <TextLink href={incident.runbookUrl}>Runbook</TextLink>
          </li>
        ) : (
          <li className="text-text-3">The service has no runbook.</li>
        )}
        {incident.links.map((link) => (
          <li key={link.url} className="flex items-center gap-2">
            <ExternalLink aria-hidden className="size-4 text-text-3" />
            <TextLink href={link.url}>{link.label}</TextLink>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function FactsCard({ incident }: Props) {
  const impact = incident.customerImpact ? "affected" : "not affected";
  return (
    <Card title="Facts">
      <Facts>
        <Fact term="Detected by">{incident.detectionSource.replaceAll("_", " ")}</Fact>
        <Fact term="Customers">{incident.customerImpact === null ? "not known" : impact}</Fact>
        {incident.customersAffected === null ? null : (
          <Fact term="Customers affected">{incident.customersAffected.toLocaleString("en-US")}</Fact>
        )}
        {incident.feature ? <Fact term="Feature">{incident.feature}</Fact> : null}
        {incident.component ? <Fact term="Component">{incident.component}</Fact> : null}
        {incident.causeClass ? <Fact term="Cause">{incident.causeClass}</Fact> : null}
        {incident.corrected.length > 0 ? (
          <Fact term="Corrected by hand">
            {incident.corrected.map((key) => CORRECTABLE[key].toLowerCase()).join(", ")}
          </Fact>
        ) : null}
        <Fact term="Started">
          <Time at={incident.startedAt} format="date-time" />
        </Fact>
        {incident.body ? (
          <Fact term="Details">
            <span className="whitespace-pre-wrap">{incident.body}</span>
          </Fact>
        ) : null}
        {incident.resolution ? <Fact term="Resolution">{incident.resolution}</Fact> : null}
      </Facts>
    </Card>
  );
}
