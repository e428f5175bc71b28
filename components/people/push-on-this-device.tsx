"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { BellRing } from "lucide-react";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { browserName, currentSubscription, pushSupport, subscribe } from "#components/people/push-support";
import { Button } from "#components/ui/button";
import { toast } from "#components/ui/toaster";
import { readPushKey, savePushSubscription } from "#lib/notifications/client";
import type { ContactMethodDto } from "#lib/notifications/schemas";

/** Offers push on the device in one's hand, or says what keeps it from working. Nothing once it works. */
export function PushOnThisDevice({ methods }: { methods: readonly ContactMethodDto[] }) {
  const state = useQuery({
    queryKey: ["push", "this-device"],
    staleTime: 0,
    queryFn: async () => ({
      support: pushSupport(),
      endpoint: (await currentSubscription())?.endpoint ?? null,
    }),
  });
  if (!state.data) return null;
  const { support, endpoint } = state.data;
  if (
    endpoint !== null &&
    methods.some(({ channel, address }) => channel === "push" && address === endpoint)
  ) {
    return null;
  }
  switch (support) {
    case "ready":
      return <EnablePush onEnabled={() => void state.refetch()} />;
    case "denied":
      return (
        <Notice title="This browser may not show notifications.">
          Allow them for this site in the browser’s settings, then load the page again.
        </Notice>
      );
    case "needs-home-screen":
      return (
        <Notice title="Put Touchline on your home screen to get push.">
          iPhone and iPad give push to apps alone: tap Share, choose “Add to Home Screen”, open Touchline from
          there and come back to this page.
        </Notice>
      );
    case "unsupported":
      return (
        <Notice title="This browser has no push.">
          Open this page in another one on the phone that should ring. Push needs https.
        </Notice>
      );
  }
}

function EnablePush({ onEnabled }: { onEnabled: () => void }) {
  const router = useRouter();
  const enable = useMutation({
    mutationFn: async () => {
      const { publicKey } = await readPushKey();
      const { endpoint, keys } = (await subscribe(publicKey)).toJSON();
      const { p256dh, auth } = keys ?? {};
      if (endpoint === undefined || p256dh === undefined || auth === undefined) {
        throw new Error("The browser gave no subscription.");
      }
      const label = browserName(navigator.userAgent);
      return savePushSubscription({ endpoint, keys: { p256dh, auth }, label });
    },
    onSuccess: () => {
      toast.success("Push is on for this device: send a test next");
      onEnabled();
      router.refresh();
    },
  });
  return (
    <Notice
      title="Get push on this device"
      action={
        <Button
          variant="primary"
          size="small"
          pending={enable.isPending}
          pendingLabel="Enabling…"
          onClick={() => enable.mutate()}
        >
          Enable push
        </Button>
      }
    >
      {enable.error ? (
        <span role="alert" className="text-status-red-fg">
          Not enabled: {enable.error.message}
        </span>
      ) : (
        "The fastest way to be woken, and you can acknowledge from the notification."
      )}
    </Notice>
  );
}

function Notice({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b bg-raised px-4 py-3">
      <BellRing aria-hidden className="size-4 shrink-0 text-text-3" />
      <div className="min-w-48 flex-1">
        <p className="text-body font-medium">{title}</p>
        <p className="text-table text-text-2">{children}</p>
      </div>
      {action}
    </div>
  );
}
