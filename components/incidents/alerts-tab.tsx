"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { AlertReason } from "#components/incidents/alert-reason";
import { AlertSeverityLabel } from "#components/incidents/alert-severity";
import { Time } from "#components/time/time";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { CodeBlock } from "#components/ui/code-block";
import { Disclosure } from "#components/ui/disclosure";
import { EmptyState } from "#components/ui/empty-state";
import { Fact, Facts } from "#components/ui/facts";
import { TextLink } from "#components/ui/link";
import { alertsOptions } from "#lib/incidents/client";
import type { AlertDto } from "#lib/incidents/schemas";

interface AlertsTabProps {
  incidentId: string;
  initial: AlertDto[];
  canRespond: boolean;
}

export function AlertsTab({ incidentId, initial, canRespond }: AlertsTabProps) {
  const { data: alerts } = useQuery({ ...alertsOptions(incidentId), initialData: initial });
  if (alerts.length === 0) {
    return (
      <EmptyState kind="filtered" title="This incident has no alerts.">
        It was declared by a person or through the API, or it was imported.
      </EmptyState>
    );
  }
  return (
    <ul className="flex flex-col gap-3">
      {alerts.map((alert) => (
        <li key={alert.id}>
          <AlertCard alert={alert}>
            <AlertReason
              incidentId={incidentId}
              alert={alert}
              hasOthers={alerts.length > 1}
              canRespond={canRespond}
            />
          </AlertCard>
        </li>
      ))}
    </ul>
  );
}

function AlertCard({ alert, children }: { alert: AlertDto; children: ReactNode }) {
  return (
    <Card>
      <div className="flex flex-wrap items-center gap-2 text-table">
        <AlertSeverityLabel severity={alert.severity} />
        {alert.status === "triggered" ? (
          <Badge hue="red" form="outline">
            firing
          </Badge>
        ) : (
          <Badge hue="green" form="plain">
            resolved
          </Badge>
        )}
        <span className="text-text-3">
          {alert.occurrenceCount > 1 ? `${alert.occurrenceCount} events, last ` : ""}
          <Time at={alert.lastSeenAt} />
        </span>
      </div>
      <p className="mt-1 text-body font-medium">
        <bdi>{alert.summary}</bdi>
      </p>
      <Facts className="mt-2">
        <Fact term="Source">{alert.source}</Fact>
        {alert.component ? <Fact term="Component">{alert.component}</Fact> : null}
        {alert.group ? <Fact term="Group">{alert.group}</Fact> : null}
        {alert.class ? <Fact term="Class">{alert.class}</Fact> : null}
        <Fact term="Key">
          <code className="font-mono text-table break-all">{alert.dedupKey}</code>
        </Fact>
        {alert.integration ? <Fact term="Integration">{alert.integration.name}</Fact> : null}
        {alert.links.map((link) => (
          <Fact key={link.href} term="Link">
            <TextLink href={link.href}>{link.text ?? link.href}</TextLink>
          </Fact>
        ))}
        {alert.clientUrl ? (
          <Fact term="Client">
            <TextLink href={alert.clientUrl}>{alert.client ?? alert.clientUrl}</TextLink>
          </Fact>
        ) : null}
      </Facts>
      {hasDetails(alert.customDetails) ? (
        <Disclosure summary="Details as they were sent" className="mt-2">
          <CodeBlock name="Details" code={JSON.stringify(alert.customDetails, null, 2)} />
        </Disclosure>
      ) : null}
      {children}
    </Card>
  );
}

function hasDetails(details: unknown): boolean {
  return typeof details === "object" && details !== null && Object.keys(details).length > 0;
}
