"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useAnnounce } from "#components/layout/announcer";
import { toast } from "#components/ui/toaster";

/** Runs what somebody answers to a request and says what came of it. */
export function useCoverAction<T>(act: (input: T) => Promise<string>, onDone?: () => void) {
  const router = useRouter();
  const announce = useAnnounce();
  return useMutation({
    networkMode: "always",
    mutationFn: act,
    onSuccess: (done) => {
      toast.success(done);
      announce(done);
      onDone?.();
      router.refresh();
    },
    onError: (error) => {
      toast.error(error.message);
      // What it was about has changed: show how it is now.
      router.refresh();
    },
  });
}
