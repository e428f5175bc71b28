"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toast } from "#components/ui/toaster";
import { callApi } from "#lib/browser/api";

/** Opens a resolved incident again: acknowledged by whoever does it, or paging from the top of the policy. */
export function useReopen(incidentId: string) {
  const queryClient = useQueryClient();
  const router = useRouter();
  return useMutation({
    networkMode: "always",
    mutationFn: (input: { acknowledged: boolean; because: string | null }) =>
      callApi("POST", `/api/ui/incidents/${incidentId}/reopen`, input),
    onSuccess: () => toast.success("Reopened."),
    onError: (error) => toast.error(`Not reopened: ${error.message}`),
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: ["incidents"] });
      router.refresh();
    },
  });
}
