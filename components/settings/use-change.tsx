"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useAnnounce } from "#components/layout/announcer";
import { toast } from "#components/ui/toaster";

interface ChangeOptions<Input, Result> {
  change: (input: Input) => Promise<Result>;
  /** Said when it worked, for example "Key rotated"; null: what the page shows says it. */
  done: string | ((result: Result, input: Input) => string) | null;
  /** Said before the reason when it did not, for example "Not rotated". Without it the form shows the error itself. */
  failed?: string;
  onDone?: (result: Result, input: Input) => void;
}

/** A change of configuration: asks the server, says what became of it, and shows the page as it is then. */
export function useChange<Input = void, Result = unknown>(options: ChangeOptions<Input, Result>) {
  const { change, done, failed, onDone } = options;
  const router = useRouter();
  const announce = useAnnounce();
  return useMutation<Result, Error, Input>({
    mutationFn: change,
    networkMode: "always",
    onSuccess: (result, input) => {
      const text = typeof done === "function" ? done(result, input) : done;
      if (text !== null) {
        toast.success(text);
        announce(text);
      }
      onDone?.(result, input);
      router.refresh();
    },
    onError: (error) => {
      if (failed === undefined) return;
      toast.error(failed, { description: error.message });
      announce(`${failed}: ${error.message}`);
    },
  });
}
