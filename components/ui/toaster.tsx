"use client";

import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import { Toaster as Sonner, toast as show } from "sonner";

/** Mount once. Toasts never hold the only copy of information. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      mobileOffset={{ bottom: "calc(var(--bottom-bar-height) + 12px)" }}
      gap={8}
      icons={{
        success: <CircleCheck aria-hidden className="size-4 text-status-green-fg" />,
        error: <CircleAlert aria-hidden className="size-4 text-status-red-fg" />,
        warning: <TriangleAlert aria-hidden className="size-4 text-status-amber-fg" />,
        info: <Info aria-hidden className="size-4 text-status-blue-fg" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-90 font-sans max-w-[calc(100vw-32px)] items-center gap-2.5 rounded-card bg-overlay p-3 text-body text-text shadow-layer",
          title: "font-medium",
          description: "text-text-2",
          content: "flex-1",
          actionButton:
            "h-7 shrink-0 rounded-control border border-border-strong/50 px-2 text-table font-medium hover:bg-raised touch:h-control",
        },
      }}
    />
  );
}

interface ToastOptions {
  description?: string;
  /** An actionable toast stays ten seconds. */
  action?: { label: string; onPress: () => void };
}

function options({ description, action }: ToastOptions) {
  return {
    description,
    duration: action === undefined ? 5000 : 10_000,
    action: action === undefined ? undefined : { label: action.label, onClick: action.onPress },
  };
}

export const toast = {
  success: (message: string, rest: ToastOptions = {}) => show.success(message, options(rest)),
  error: (message: string, rest: ToastOptions = {}) => show.error(message, options(rest)),
  warning: (message: string, rest: ToastOptions = {}) => show.warning(message, options(rest)),
  info: (message: string, rest: ToastOptions = {}) => show.info(message, options(rest)),
};
