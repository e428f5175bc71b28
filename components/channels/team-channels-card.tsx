"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { CheckboxField } from "#components/ui/checkbox";
import { Field } from "#components/ui/field";
import { IconButton } from "#components/ui/icon-button";
import { Input } from "#components/ui/input";
import { TextLink } from "#components/ui/link";
import { fieldErrors } from "#lib/browser/api";
import { addTeamChannel, removeTeamChannel } from "#lib/notifications/client";
import type { Channels } from "#lib/notifications/client";

interface TeamChannelsCardProps extends Channels {
  owner: { type: "team" | "service"; id: string };
  canArrange: boolean;
}

/** The Slack channels in which the incidents of a team or a service are posted. */
export function TeamChannelsCard({ owner, channels, isSlackSetUp, canArrange }: TeamChannelsCardProps) {
  const remove = useChange({
    change: (id: string) => removeTeamChannel(id),
    done: "Nothing is posted there any more",
    failed: "Not removed",
  });
  return (
    <Card
      title="Slack channels"
      subtitle={
        owner.type === "team"
          ? "Each incident of its services is posted once, and changes in place"
          : "Beside those of its team"
      }
    >
      <div className="flex max-w-180 flex-col gap-4">
        {channels.length === 0 ? (
          <p className="text-body text-text-2">Incidents are posted in no channel.</p>
        ) : (
          <ul className="flex flex-col gap-1">
            {channels.map(({ id, name, address, highOnly, lastError }) => (
              <li key={id} className="flex min-h-9 flex-wrap items-center gap-x-3 text-body">
                <span className="font-medium [overflow-wrap:anywhere]">{name}</span>
                <span className="text-table text-text-2">
                  {address}
                  {highOnly ? ", high urgency only" : ""}
                </span>
                {canArrange ? (
                  <IconButton
                    className="ml-auto"
                    icon={<X aria-hidden />}
                    name={`Post nothing in ${name} any more`}
                    pending={remove.isPending && remove.variables === id}
                    onClick={() => remove.mutate(id)}
                  />
                ) : null}
                {lastError === null ? null : (
                  <p className="basis-full text-table text-status-red-fg">
                    The last post failed: {lastError}
                  </p>
                )}
              </li>
            ))}
          </ul>
        )}
        {canArrange ? <AddChannel owner={owner} isSlackSetUp={isSlackSetUp} /> : null}
      </div>
    </Card>
  );
}

function AddChannel({ owner, isSlackSetUp }: Pick<TeamChannelsCardProps, "owner" | "isSlackSetUp">) {
  const [address, setAddress] = useState("");
  const [name, setName] = useState("");
  const [highOnly, setHighOnly] = useState(true);
  const add = useChange({
    change: () => addTeamChannel({ owner, address, name, highOnly }),
    done: "Posted there from now on",
    onDone: () => {
      setAddress("");
      setName("");
    },
  });
  if (!isSlackSetUp) {
    return (
      <p className="text-table text-text-2">
        No Slack app is connected yet. <TextLink href="/settings/channels/slack">Connect one</TextLink>
      </p>
    );
  }
  return (
    <form
      className="flex flex-col gap-3 border-t pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
        <Field label="Channel name" errors={fieldErrors(add.error, "name")}>
          {(control) => (
            <Input
              {...control}
              required
              placeholder="#payments"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field
          label="Channel ID"
          hint="At the end of the channel’s details in Slack. Invite the app first."
          errors={fieldErrors(add.error, "address")}
        >
          {(control) => (
            <Input
              {...control}
              required
              placeholder="C012AB3CD"
              value={address}
              onChange={(event) => setAddress(event.target.value)}
            />
          )}
        </Field>
      </div>
      <CheckboxField
        label="High urgency only"
        hint="Otherwise incidents of low urgency are posted too."
        checked={highOnly}
        onChange={(event) => setHighOnly(event.target.checked)}
      />
      {add.error && fieldErrors(add.error, "address").length + fieldErrors(add.error, "name").length === 0 ? (
        <Callout tone="danger" title={`Not added: ${add.error.message}`} />
      ) : null}
      <Button type="submit" pending={add.isPending} pendingLabel="Asking Slack" className="self-start">
        Post incidents there
      </Button>
    </form>
  );
}
