"use client";

import { EditHeartbeat } from "#components/heartbeats/heartbeat-dialogs";
import { IntegrationMenu } from "#components/services/integration-menu";
import { Countdown } from "#components/time/duration";
import { Time } from "#components/time/time";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { CodeBlock } from "#components/ui/code-block";
import { Disclosure } from "#components/ui/disclosure";
import { TextLink } from "#components/ui/link";
import { heartbeatGuide } from "#lib/events/set-up-guides";
import type { Heartbeat } from "#lib/heartbeats/client";
import type { Integration } from "#lib/services/client";
import { formatDuration } from "#lib/time/format";

interface HeartbeatCardProps {
  heartbeat: Heartbeat;
  integration: Integration;
  baseUrl: string;
  /** Where its events are listed. */
  eventsHref: string;
  canConfigure: boolean;
}

/** Something that reports in: whether it does, when it would be late, and the line that makes it report. */
export function HeartbeatCard({
  heartbeat,
  integration,
  baseUrl,
  eventsHref,
  canConfigure,
}: HeartbeatCardProps) {
  const { everySeconds, graceSeconds, key } = heartbeat;
  const grace = graceSeconds === 0 ? "" : `, ${formatDuration(graceSeconds * 1000)} of grace`;
  return (
    <Card
      title={heartbeat.name}
      subtitle={`Heartbeat: a signal every ${formatDuration(everySeconds * 1000)}${grace}, else ${heartbeat.severity}`}
      actions={
        canConfigure ? (
          <IntegrationMenu
            integration={integration}
            edit={{
              label: "Edit…",
              dialog: (onClose) => <EditHeartbeat heartbeat={heartbeat} onClose={onClose} />,
            }}
          />
        ) : undefined
      }
    >
      <dl className="grid grid-cols-1 gap-x-4 gap-y-2 text-table sm:grid-cols-[auto_1fr] sm:items-center">
        <dt className="text-text-3">State</dt>
        <dd>
          <HeartbeatState heartbeat={heartbeat} />
        </dd>
        <dt className="text-text-3">Last signal</dt>
        <dd>
          {heartbeat.lastBeatAt === null ? (
            <span className="text-text-2">None yet. Nothing is missed before the first.</span>
          ) : (
            <>
              <Time at={heartbeat.lastBeatAt} /> ·{" "}
              <TextLink href={eventsHref}>What its silence opened</TextLink>
            </>
          )}
        </dd>
      </dl>
      {key === null ? null : (
        <Disclosure summary="Make it report" open={heartbeat.lastBeatAt === null} className="mt-3">
          <CodeBlock name={`Signal of ${heartbeat.name}`} code={heartbeatGuide(baseUrl, key)} />
        </Disclosure>
      )}
    </Card>
  );
}

function HeartbeatState({ heartbeat }: { heartbeat: Heartbeat }) {
  if (heartbeat.isLate) {
    return (
      <Badge hue="red" form="solid">
        Late
      </Badge>
    );
  }
  if (heartbeat.lateAt === null) {
    return (
      <Badge hue="slate" form="outline">
        Waits for the first signal
      </Badge>
    );
  }
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <Badge hue="green" form="plain">
        On time
      </Badge>
      <span className="text-text-2">
        late in <Countdown until={heartbeat.lateAt} after="a moment" />
      </span>
    </span>
  );
}
