"use client";

import { createContext, useContext, useEffect, useRef, useState, type ReactNode } from "react";

interface Announcement {
  assertive?: boolean;
}
type Announce = (message: string, options?: Announcement) => void;

const AnnounceContext = createContext<Announce | undefined>(undefined);

/** The shortest time between two polite announcements, in milliseconds. */
const politeInterval = 5000;
const politeAtOnce = 3;

/** Several messages as one, the newest three in full. */
export function coalesce(messages: readonly string[]): string {
  const distinct = [...new Set(messages)];
  const rest = distinct.length - politeAtOnce;
  const shown = distinct.slice(-politeAtOnce).join(". ");
  return rest > 0 ? `${shown}. And ${rest} more` : shown;
}

/**
 * The two live regions of the page. Assertive only for a new high-urgency incident of one's own, a failed
 * acknowledgement, a lost connection and a session about to end; everything else is polite, at most one in five seconds.
 */
export function AnnouncerProvider({ children }: { children: ReactNode }) {
  const [polite, setPolite] = useState("");
  const [assertive, setAssertive] = useState("");
  const queue = useRef<{ messages: string[]; timer?: ReturnType<typeof setTimeout> }>({ messages: [] });

  const flush = () => {
    const waiting = queue.current;
    if (waiting.messages.length === 0) {
      waiting.timer = undefined;
      setPolite("");
      return;
    }
    setPolite(coalesce(waiting.messages));
    waiting.messages = [];
    waiting.timer = setTimeout(flush, politeInterval);
  };
  const announce: Announce = (message, options = {}) => {
    if (options.assertive === true) {
      // The same words twice are news twice: the trailing space makes the region change.
      setAssertive((current) => (current === message ? `${message} ` : message));
      return;
    }
    queue.current.messages.push(message);
    // A short pause gathers what one action causes.
    queue.current.timer ??= setTimeout(flush, 100);
  };

  useEffect(() => {
    const waiting = queue.current;
    return () => clearTimeout(waiting.timer);
  }, []);

  return (
    <AnnounceContext value={announce}>
      {children}
      <div aria-live="polite" className="sr-only">
        {polite}
      </div>
      <div aria-live="assertive" className="sr-only">
        {assertive}
      </div>
    </AnnounceContext>
  );
}

export function useAnnounce(): Announce {
  const announce = useContext(AnnounceContext);
  if (announce === undefined) throw new Error("useAnnounce needs an AnnouncerProvider above it");
  return announce;
}
