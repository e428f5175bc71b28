"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useAnnounce } from "#components/layout/announcer";
import { toast } from "#components/ui/toaster";

/** Changes time off, says so, and shows the page as it is then. */
export function useTimeOffAction<Input>(
  act: (input: Input) => Promise<unknown>,
  done: string,
  onDone?: () => void,
) {
  const router = useRouter();
  const announce = useAnnounce();
  return useMutation({
    networkMode: "always",
    mutationFn: act,
    onSuccess: () => {
      toast.success(done);
      announce(done);
      onDone?.();
      router.refresh();
    },
    onError: (error) => toast.error(error.message),
  });
}
