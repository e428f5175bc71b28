"use client";

import { useMutation } from "@tanstack/react-query";
import { Check } from "lucide-react";
import { useRouter } from "next/navigation";
import { useAnnounce } from "#components/layout/announcer";
import { useCommands } from "#components/layout/commands";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { acceptShift } from "#lib/on-call/client";

/** The one tap that says "I have it". */
export function AcceptShift({ handOff, schedule }: { handOff: string; schedule: string }) {
  const router = useRouter();
  const announce = useAnnounce();
  const accept = useMutation({
    networkMode: "always",
    mutationFn: () => acceptShift(handOff),
    onSuccess: () => {
      announce(`Shift in ${schedule} accepted`);
      router.refresh();
    },
  });
  useCommands([
    {
      id: "accept-shift",
      title: "Accept shift",
      section: "This hand-off",
      keys: "a",
      perform: () => accept.mutate(),
    },
  ]);
  return (
    <div className="flex flex-col gap-2 max-md:w-full" data-screen>
      <Button
        variant="primary"
        size="large"
        className="max-md:w-full"
        icon={<Check aria-hidden />}
        pending={accept.isPending}
        pendingLabel="Accepting…"
        onClick={() => accept.mutate()}
      >
        Accept shift
      </Button>
      {accept.error ? <Callout tone="danger" title={`Not accepted: ${accept.error.message}`} /> : null}
    </div>
  );
}
