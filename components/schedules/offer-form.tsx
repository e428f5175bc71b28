"use client";

import { LocalTimeFields } from "#components/schedules/local-time-fields";
import { OverrideOutcome } from "#components/schedules/override-outcome";
import { useCoverAction } from "#components/schedules/use-cover-action";
import { useLocalSpan } from "#components/schedules/use-local-span";
import { Button } from "#components/ui/button";
import { fieldErrors } from "#lib/browser/api";
import { offerCover } from "#lib/on-call/client";
import type { CoverRequest } from "#lib/on-call/client";

interface OfferFormProps {
  request: CoverRequest;
  initial: { fromLocal: string; untilLocal: string };
  onDone: () => void;
}

/** Which part of a request somebody would take. */
export function OfferForm({ request, initial, onDone }: OfferFormProps) {
  const { schedule } = request;
  const { times, change, preview, isCurrent, span } = useLocalSpan(schedule, initial);
  const offer = useCoverAction(async (part: { startsAt: string; endsAt: string }) => {
    const { kind } = await offerCover(request.id, part);
    return kind === "taken" ? `You cover ${request.requester.name}.` : "Offered.";
  }, onDone);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (span !== null) offer.mutate({ startsAt: span.startsAt, endsAt: span.endsAt });
      }}
    >
      <LocalTimeFields
        times={times}
        timeZone={schedule.timeZone}
        errors={fieldErrors(preview.error, "untilLocal")}
        onChange={change}
      />
      <OverrideOutcome
        preview={preview.data}
        error={preview.error}
        isStale={!isCurrent}
        timeZone={schedule.timeZone}
        personName={undefined}
      />
      <Button
        type="submit"
        variant="primary"
        className="self-end max-sm:w-full"
        disabled={span === null}
        pending={offer.isPending}
        pendingLabel="Offering…"
      >
        Offer this part
      </Button>
    </form>
  );
}
