import { callApi } from "#lib/browser/api";
import type {
  CommentInput,
  GameDayInput,
  ScheduleInput,
  SnapshotInput,
  ViewInput,
} from "#lib/reports/schemas";

export function saveView(view: ViewInput) {
  return callApi<{ id: string }>("POST", "/api/ui/saved-views", view);
}

export function removeView(viewId: string) {
  return callApi<null>("DELETE", `/api/ui/saved-views/${viewId}`);
}

export function scheduleReport(schedule: ScheduleInput) {
  return callApi<{ id: string }>("POST", "/api/ui/report-schedules", schedule);
}

export function endSchedule(scheduleId: string) {
  return callApi<null>("DELETE", `/api/ui/report-schedules/${scheduleId}`);
}

export function shareSnapshot(snapshot: SnapshotInput) {
  return callApi<{ id: string; path: string }>("POST", "/api/ui/report-snapshots", snapshot);
}

export function revokeSnapshot(snapshotId: string) {
  return callApi<null>("DELETE", `/api/ui/report-snapshots/${snapshotId}`);
}

export function writeComment(comment: CommentInput) {
  return callApi<{ version: number }>("PUT", "/api/ui/report-comments", comment);
}

export function keepGameDay(gameDay: GameDayInput) {
  return callApi<{ id: string }>("POST", "/api/ui/game-days", gameDay);
}

export function removeGameDay(gameDayId: string) {
  return callApi<null>("DELETE", `/api/ui/game-days/${gameDayId}`);
}
