// Shows pages, and acknowledges from the notification. It caches nothing: an operations tool that shows yesterday's state does harm.
"use strict";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => event.waitUntil(show(readMessage(event.data))));

self.addEventListener("notificationclick", (event) => {
  const { data, tag } = event.notification;
  if (event.action === "acknowledge" || data.retry) {
    event.waitUntil(acknowledge(data, tag));
    return;
  }
  event.notification.close();
  event.waitUntil(open(data.openPath));
});

function readMessage(data) {
  const fallback = { title: "Touchline: you are paged", body: "Open Touchline to see why.", openPath: "/" };
  try {
    return { ...fallback, ...data.json() };
  } catch {
    // A browser withdraws the permission of whoever shows nothing.
    return fallback;
  }
}

async function show(message) {
  const { title, openPath, oneTapPath } = message;
  await self.registration.showNotification(title, {
    body: message.body,
    tag: message.tag,
    // Without it a newer page of the same incident would come in silence.
    renotify: Boolean(message.tag),
    requireInteraction: Boolean(message.requireInteraction),
    timestamp: message.timestamp,
    actions: message.actions ?? [],
    vibrate: message.urgency === "high" ? [300, 100, 300, 100, 600] : [200],
    icon: "/icon.svg",
    data: { openPath, oneTapPath, title },
  });
  if (oneTapPath) await post(oneTapPath, "shown").catch(() => undefined);
}

/** Replaces the notification by what came of it, so that nobody goes back to sleep on a tap that did nothing. */
async function acknowledge(data, tag) {
  const result = await post(data.oneTapPath, "acknowledge").catch(() => null);
  const answer = result?.ok ? await result.json().catch(() => null) : null;
  if (answer?.escalationStopped) {
    const body = answer.acknowledgedAt
      ? `Acknowledged ${new Date(answer.acknowledgedAt).toLocaleTimeString()} by ${answer.by}`
      : "Resolved meanwhile";
    await replace(data.title, body, tag, { ...data, retry: false }, [{ action: "open", title: "Open" }]);
    return;
  }
  await replace(data.title, "Not acknowledged: tap to retry", tag, { ...data, retry: true }, [
    { action: "acknowledge", title: "Retry" },
  ]);
}

function replace(title, body, tag, data, actions) {
  return self.registration.showNotification(title, {
    body,
    tag,
    data,
    actions,
    icon: "/icon.svg",
    renotify: data.retry,
    requireInteraction: data.retry,
    silent: !data.retry,
  });
}

function post(path, action) {
  return fetch(path, {
    method: "POST",
    headers: { accept: "application/json" },
    body: new URLSearchParams({ action }),
    credentials: "omit",
    signal: AbortSignal.timeout(10_000),
  });
}

async function open(path) {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const [window] = windows;
  if (window && "navigate" in window) {
    await window.focus();
    const moved = await window.navigate(path).catch(() => null);
    if (moved) return;
  }
  await self.clients.openWindow(path);
}
