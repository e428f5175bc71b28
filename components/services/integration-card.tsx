"use client";

import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { DeleteIntegration, RenameIntegration, RotateKey } from "#components/services/integration-dialogs";
import { FloodNotice } from "#components/services/flood-notice";
import { KeyFacts } from "#components/services/key-facts";
import { SetUpTabs } from "#components/services/set-up-tabs";
import { TestEventDialog } from "#components/services/test-event-dialog";
import { Time } from "#components/time/time";
import { Card } from "#components/ui/card";
import { Disclosure } from "#components/ui/disclosure";
import { IconButton } from "#components/ui/icon-button";
import { TextLink } from "#components/ui/link";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu";
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
          {canConfigure ? <IntegrationMenu integration={integration} /> : null}
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

function IntegrationMenu({ integration }: { integration: Integration }) {
  const [open, setOpen] = useState<"rename" | "rotate" | "delete" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Menu
        trigger={
          <IconButton name={`More for ${integration.name}`} size="small" icon={<Ellipsis aria-hidden />} />
        }
      >
        <MenuItem onSelect={() => setOpen("rename")}>Rename…</MenuItem>
        <MenuItem onSelect={() => setOpen("rotate")}>Rotate the key…</MenuItem>
        <MenuSeparator />
        <MenuItem danger onSelect={() => setOpen("delete")}>
          Delete…
        </MenuItem>
      </Menu>
      {open === "rename" ? <RenameIntegration integration={integration} onClose={close} /> : null}
      {open === "rotate" ? <RotateKey integration={integration} onClose={close} /> : null}
      {open === "delete" ? <DeleteIntegration integration={integration} onClose={close} /> : null}
    </>
  );
}
