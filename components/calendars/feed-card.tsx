"use client";

import { useMutation } from "@tanstack/react-query";
import { CalendarPlus } from "lucide-react";
import { useState } from "react";
import { RotateFeed } from "#components/calendars/rotate-feed";
import { Time } from "#components/time/time";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { CopyButton } from "#components/ui/copy-button";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { ButtonLink } from "#components/ui/link";
import { makeFeed, type Feed } from "#lib/calendars/client";

interface FeedCardProps {
  title: string;
  /** What is in it, in one sentence. */
  about: string;
  /** Null: the viewer's own shifts. */
  scheduleId: string | null;
  feed: Feed | null;
}

/** The viewer's secret calendar address: made, copied, subscribed to, changed and taken away here. */
export function FeedCard({ title, about, scheduleId, feed: given }: FeedCardProps) {
  const [feed, setFeed] = useState(given);
  const make = useMutation({
    networkMode: "always",
    mutationFn: () => makeFeed(scheduleId),
    onSuccess: setFeed,
  });
  return (
    <Card title={title}>
      <div className="flex max-w-140 flex-col gap-3">
        <p className="text-body text-text-2">
          {about} Calendars look for changes about once an hour: whom to call now, Touchline knows better.
        </p>
        {feed === null ? (
          <Button
            className="self-start"
            icon={<CalendarPlus aria-hidden />}
            pending={make.isPending}
            pendingLabel="Making…"
            onClick={() => make.mutate()}
          >
            Make an address
          </Button>
        ) : (
          <FeedAddress feed={feed} onChange={setFeed} />
        )}
        {make.error ? <Callout tone="danger" title={`Not made: ${make.error.message}`} /> : null}
      </div>
    </Card>
  );
}

function FeedAddress({ feed, onChange }: { feed: Feed; onChange: (feed: Feed | null) => void }) {
  return (
    <>
      <Field
        label="Address for your calendar"
        hint="It works without signing in: whoever knows it reads the calendar. It ends when your account does."
      >
        {(control) => (
          <Input
            {...control}
            readOnly
            value={feed.url}
            className="font-mono text-table"
            onFocus={(event) => event.target.select()}
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center gap-2">
        <CopyButton value={feed.url} name="calendar address" labelled variant="secondary" size="medium" />
        <ButtonLink href={feed.webcalUrl} icon={<CalendarPlus aria-hidden />}>
          Subscribe
        </ButtonLink>
        <RotateFeed feed={feed} onChange={onChange} />
      </div>
      <p className="text-meta text-text-3">
        {feed.lastReadAt === null ? (
          "No calendar has read it yet."
        ) : (
          <>
            Last read <Time at={feed.lastReadAt} format="relative" />.
          </>
        )}
      </p>
    </>
  );
}
