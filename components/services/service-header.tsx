import { Siren } from "lucide-react";
import { PageHeader } from "#components/layout/page-header";
import { ServiceHealthBadge } from "#components/services/service-health";
import { TierBadge } from "#components/services/tier-badge";
import { Time } from "#components/time/time";
import { Callout } from "#components/ui/callout";
import { ButtonLink, TextLink } from "#components/ui/link";
import { PersonChip } from "#components/ui/person-chip";
import { LinkTabs } from "#components/ui/tabs";
import type { OnCallLevel } from "#lib/on-call/client";
import type { Service } from "#lib/services/client";

interface ServiceHeaderProps {
  service: Service;
  levels: readonly OnCallLevel[];
  canDeclare: boolean;
}

/** What a service is, whose it is and who answers for it now. */
export function ServiceHeader({ service, levels, canDeclare }: ServiceHeaderProps) {
  const base = `/services/${service.slug}`;
  return (
    <PageHeader
      title={service.name}
      trail={service.name}
      before={
        <>
          <ServiceHealthBadge health={service.health} />
          <TierBadge tier={service.tier} />
          {service.team === null ? (
            <span className="font-medium text-status-amber-fg">No owner</span>
          ) : (
            <span>
              Owned by{" "}
              <TextLink tone="quiet" href={`/teams/${service.team.slug}`} className="font-medium">
                {service.team.name}
              </TextLink>
            </span>
          )}
        </>
      }
      description={service.description ?? undefined}
      actions={
        canDeclare ? (
          <ButtonLink href={`/incidents/new?service=${service.id}`} icon={<Siren aria-hidden />}>
            Page on-call…
          </ButtonLink>
        ) : undefined
      }
    >
      <OnCallLine levels={levels} policy={service.policy} />
      {service.health === "disabled" && service.disabledAt !== null ? (
        <Callout tone="warning" title="This service is disabled.">
          Its events are kept but open no incident and page nobody, since{" "}
          <Time at={service.disabledAt} format="date-time" />.
        </Callout>
      ) : null}
      <LinkTabs
        label="Service sections"
        tabs={[
          { href: base, label: "Overview", exact: true },
          { href: `${base}/integrations`, label: "Integrations", count: service.integrations.length },
          { href: `${base}/events`, label: "Events" },
          { href: `${base}/rules`, label: "Rules" },
          { href: `${base}/changes`, label: "Changes" },
          { href: `${base}/noise`, label: "Noise" },
          { href: `${base}/dependencies`, label: "Dependencies" },
          { href: `${base}/settings`, label: "Settings" },
        ]}
      />
    </PageHeader>
  );
}

const SHOWN = 2;

function OnCallLine({
  levels,
  policy,
}: {
  levels: readonly OnCallLevel[];
  policy: { name: string; slug: string };
}) {
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-1.5 text-table">
      {levels.slice(0, SHOWN).map((level) => (
        <div key={level.level} className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="text-text-3">Level {level.level}</span>
          {level.people.length === 0 ? (
            <span className="font-medium text-status-red-fg">nobody</span>
          ) : (
            level.people.map(({ user, until }) => (
              <span key={user.id} className="flex flex-wrap items-center gap-x-1.5">
                <PersonChip person={user} href={`/people/${user.id}`} className="font-medium" />
                {until === null ? null : (
                  <span className="text-meta text-text-3">
                    until <Time at={until} format="date-time" />
                  </span>
                )}
              </span>
            ))
          )}
        </div>
      ))}
      <span className="text-text-3">
        {levels.length > SHOWN ? `${levels.length - SHOWN} more in ` : "Policy "}
        <TextLink tone="quiet" href={`/escalation/${policy.slug}`} className="text-text-2">
          {policy.name}
        </TextLink>
      </span>
    </div>
  );
}
