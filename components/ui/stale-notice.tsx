import { ClockAlert, WifiOff } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "#components/ui/button";

interface StaleNoticeProps {
  kind: "stale" | "offline";
  /** "As of 03:12:40 (2 min ago)." */
  children: ReactNode;
  onReconnect?: () => void;
}

/** The content under it keeps full opacity: dimming would hide severity. */
export function StaleNotice({ kind, children, onReconnect }: StaleNoticeProps) {
  const tone =
    kind === "stale"
      ? "bg-status-amber-tint text-status-amber-fg"
      : "bg-status-slate-tint text-status-slate-fg";
  return (
    <aside
      aria-label="Connection"
      data-tint
      className={`flex min-h-9 items-center gap-2 border-b px-4 py-1 text-table font-medium md:px-6 ${tone}`}
    >
      {kind === "stale" ? (
        <ClockAlert aria-hidden className="size-4 shrink-0" />
      ) : (
        <WifiOff aria-hidden className="size-4 shrink-0" />
      )}
      <span className="tabular flex-1">{children}</span>
      {onReconnect === undefined ? null : (
        <Button size="small" variant="ghost" onClick={onReconnect} className="text-current">
          Reconnect
        </Button>
      )}
    </aside>
  );
}
