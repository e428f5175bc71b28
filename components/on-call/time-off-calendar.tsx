"use client";

import { useState } from "react";
import { useTimeOffAction } from "#components/on-call/use-time-off-action";
import { Time } from "#components/time/time";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { fieldErrors } from "#lib/browser/api";
import { setTimeOffCalendar } from "#lib/on-call/client";
import type { TimeOff } from "#lib/on-call/client";

/** The calendar that time off is read from, every hour. */
export function TimeOffCalendar({ calendar }: { calendar: TimeOff["calendar"] }) {
  const [url, setUrl] = useState("");
  const save = useTimeOffAction(setTimeOffCalendar, "Calendar read.", () => setUrl(""));
  const remove = useTimeOffAction(() => setTimeOffCalendar(null), "Calendar taken away.");
  return (
    <Card title="From a calendar" subtitle="Every event in it is time off. It is read every hour.">
      {calendar === null ? null : (
        <div className="mb-3 flex flex-col gap-2">
          {calendar.error === null ? null : (
            <Callout tone="warning" title="The calendar can’t be read at the moment">
              {calendar.error} What it said last still counts.
            </Callout>
          )}
          <p className="flex flex-wrap items-center justify-between gap-2 text-body">
            <span>
              {calendar.host}
              {calendar.readAt === null ? (
                ""
              ) : (
                <span className="text-text-3">
                  , read <Time at={calendar.readAt} format="relative" />
                </span>
              )}
            </span>
            <Button
              size="small"
              pending={remove.isPending}
              pendingLabel="Removing…"
              onClick={() => remove.mutate(undefined)}
            >
              Take away
            </Button>
          </p>
        </div>
      )}
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(url);
        }}
      >
        <Field
          label={calendar === null ? "Address of an iCalendar feed" : "Another address"}
          hint="Kept encrypted; only its host is shown."
          errors={fieldErrors(save.error, "url")}
        >
          {(control) => (
            <Input
              {...control}
              required
              inputMode="url"
              placeholder="https://calendar.example.com/private-….ics"
              value={url}
              onChange={(event) => setUrl(event.target.value)}
            />
          )}
        </Field>
        <Button type="submit" className="self-start" pending={save.isPending} pendingLabel="Reading…">
          Read this calendar
        </Button>
      </form>
    </Card>
  );
}
