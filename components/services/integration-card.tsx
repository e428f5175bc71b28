"use client";

import { RenameIntegration } from "#components/services/integration-dialogs";
import { IntegrationMenu } from "#components/services/integration-menu";
import { FloodNotice } from "#components/services/flood-notice";
import { KeyFacts } from "#components/services/key-facts";
import { SetUpTabs } from "#components/services/set-up-tabs";
import { TestEventDialog } from "#components/services/test-event-dialog";
import { Time } from "#components/time/time";
import { Card } from "#components/ui/card";
import { Disclosure } from "#components/ui/disclosure";
import { TextLink } from "#components/ui/link";
import type { Integration } from "#lib/services/client";
import { kindOfIntegration } from "#lib/services/integration-words";

interface IntegrationCardProps {
  integration: Integration;
  /** Where its events are listed. */
  eventsHref: string;
  /** Its own page; absent on that page. */
  href?: string;
  baseUrl: string;
  isDisabled: boolean;
  canConfigure: boolean;
}

/** One way in: its key, when it was last heard, how to connect a sender, and a test. */
export function IntegrationCard(props: IntegrationCardProps) {
  const { integration, eventsHref, href, baseUrl, isDisabled, canConfigure } = props;
  const { key } = integration;
  const kind = kindOfIntegration(integration);
  return (
    <Card
      title={integration.name}
      subtitle={integration.name === kind.name ? undefined : kind.name}
      actions={
        <>
          {href === undefined ? null : <TextLink href={href}>Set up and health</TextLink>}
          {key === null ? null : (
            <TestEventDialog
              integration={integration}
              {...(isDisabled ? { disabledReason: "The service is disabled" } : {})}
            />
          )}
          {canConfigure ? (
            <IntegrationMenu
              integration={integration}
              edit={{
                label: "Rename…",
                dialog: (onClose) => <RenameIntegration integration={integration} onClose={onClose} />,
              }}
            />
          ) : null}
        </>
      }
    >
      {integration.flood === null ? null : <FloodNotice flood={integration.flood} />}
      <dl className="grid grid-cols-1 gap-x-4 gap-y-2 sm:grid-cols-[auto_1fr] sm:items-center">
        <KeyFacts integration={integration} />
        <dt className="text-table text-text-3">Last event</dt>
        <dd className="text-table">
          {integration.lastEventAt === null ? (
            <span className="text-text-2">Nothing has arrived yet.</span>
          ) : (
            <>
              <Time at={integration.lastEventAt} /> · <TextLink href={eventsHref}>Events</TextLink>
            </>
          )}
        </dd>
      </dl>
      {key === null ? null : (
        <Disclosure
          summary="Connect a sender"
          open={href === undefined || integration.lastEventAt === null}
          className="mt-3"
        >
          <SetUpTabs baseUrl={baseUrl} integrationKey={key} source={kind.source} />
        </Disclosure>
      )}
    </Card>
  );
}
