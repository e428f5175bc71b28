import { queryOptions } from "@tanstack/react-query";
import { callApi } from "#lib/browser/api";
import type { CoverInbox, CoverRequestDto } from "#lib/on-call/queries/covers";
import type { HandOffDto } from "#lib/on-call/queries/hand-off";
import type { HandOffWork } from "#lib/on-call/queries/hand-off-work";
import type { OnCallLevelDto, OnCallRow } from "#lib/on-call/queries/on-call-table";
import type { OwnTimeOff } from "#lib/on-call/queries/own-time-off";
import type { OverridePreview } from "#lib/on-call/queries/override-preview";
import type { ScheduleOverview } from "#lib/on-call/queries/overview";
import type { OwnHandOff } from "#lib/on-call/queries/own-hand-offs";
import type { PersonShiftDto } from "#lib/on-call/queries/person-shifts";
import type { SchedulePreview } from "#lib/on-call/queries/preview";
import type { ScheduleQuality } from "#lib/on-call/queries/quality";
import type { ScheduleDto } from "#lib/on-call/queries/schedules";
import type { ScheduleShadows } from "#lib/on-call/queries/shadows";
import type { ShiftDto } from "#lib/on-call/queries/shift-dtos";
import type {
  CoverRequestInput,
  OverridePreviewInput,
  PreviewInput,
  ScheduleDocument,
  ShadowInput,
  TimeOffInput,
} from "#lib/on-call/schemas";

// What browser code knows of the answers; the queries themselves stay on the server.
export type OnCallEntry = OnCallRow;
export type Covers = CoverInbox;
export type ComingShift = ShiftDto;
export type Shadows = ScheduleShadows;
export type TimeOff = OwnTimeOff;
export type CoverRequest = CoverRequestDto;
export type OnCallLevel = OnCallLevelDto;
export type Overview = ScheduleOverview;
export type Quality = ScheduleQuality;
export type Schedule = ScheduleDto;
export type Preview = SchedulePreview;
export type OverrideOutlook = OverridePreview;
export type PersonShift = PersonShiftDto;
export type HandOffPage = HandOffDto;
export type HandOffContent = HandOffWork;
export type OwnHandOffEntry = OwnHandOff;

/** What a draft would do to the given published version; asked again whenever the draft or the window changes. */
export function previewOptions(input: PreviewInput, version: number) {
  return queryOptions({
    queryKey: ["schedules", "preview", version, input],
    queryFn: ({ signal }) => callApi<SchedulePreview>("POST", "/api/ui/schedules/preview", input, signal),
  });
}

export function overridePreviewOptions({ scheduleId, ...input }: OverridePreviewInput) {
  return queryOptions({
    queryKey: ["schedules", "override-preview", scheduleId, input],
    queryFn: ({ signal }) =>
      callApi<OverridePreview>("POST", `/api/ui/schedules/${scheduleId}/overrides/preview`, input, signal),
  });
}

export type NewOverride = { userId: string; startsAt?: string; endsAt?: string; hours?: number };

export function createOverride(scheduleId: string, override: NewOverride) {
  return callApi<{ id: string; startsAt: string; endsAt: string }>(
    "POST",
    `/api/ui/schedules/${scheduleId}/overrides`,
    override,
  );
}

export function removeOverride(scheduleId: string, overrideId: string) {
  return callApi<{ kind: "removed" | "shortened" | "kept" }>(
    "DELETE",
    `/api/ui/schedules/${scheduleId}/overrides/${overrideId}`,
  );
}

/** Makes the schedule, or puts a new version of it in force. Throws ApiProblem with status 409 when somebody else did meanwhile. */
export function publishDraft(
  schedule: { id: string; slug: string; expectedVersion: number } | null,
  document: ScheduleDocument,
): Promise<{ slug: string }> {
  if (schedule === null) return callApi<{ slug: string }>("POST", "/api/ui/schedules", document);
  const { id, slug, expectedVersion } = schedule;
  return callApi("PUT", `/api/ui/schedules/${id}`, { ...document, expectedVersion }).then(() => ({ slug }));
}

export function deleteSchedule(scheduleId: string) {
  return callApi<null>("DELETE", `/api/ui/schedules/${scheduleId}`);
}

/** Everybody's coming shifts in a schedule: what can be swapped. */
export function comingShiftsOptions(scheduleId: string) {
  return queryOptions({
    queryKey: ["schedules", "coming-shifts", scheduleId],
    queryFn: ({ signal }) =>
      callApi<ShiftDto[]>("GET", `/api/ui/schedules/${scheduleId}/shifts`, undefined, signal),
  });
}

export function requestCover(input: CoverRequestInput) {
  return callApi<{ id: string }>("POST", "/api/ui/cover-requests", input);
}

/** Takes all that is open of a request, or offers to take a part. */
export function offerCover(requestId: string, span: { startsAt: string; endsAt: string } | null) {
  return callApi<{ kind: "taken" | "waiting" }>("POST", `/api/ui/cover-requests/${requestId}/offers`, {
    span,
  });
}

export function decideCoverOffer(requestId: string, offerId: string, accept: boolean) {
  return callApi<null>("POST", `/api/ui/cover-requests/${requestId}/offers/${offerId}`, { accept });
}

/** Withdraws one's request or offer, or says that one can't. */
export function closeCover(requestId: string) {
  return callApi<{ kind: "withdrawn" | "offer_withdrawn" | "declined" | "passed" }>(
    "DELETE",
    `/api/ui/cover-requests/${requestId}`,
  );
}

export function addTimeOff(input: TimeOffInput) {
  return callApi<{ id: string }>("POST", "/api/ui/time-off", input);
}

export function removeTimeOff(timeOffId: string) {
  return callApi<null>("DELETE", `/api/ui/time-off/${timeOffId}`);
}

/** Null: no calendar any more. */
export function setTimeOffCalendar(url: string | null) {
  return callApi<null>("PUT", "/api/ui/time-off/calendar", { url });
}

/** Says that one has the shift that begins at a hand-off. */
export function acceptShift(handOff: string) {
  return callApi<null>("POST", `/api/ui/hand-offs/${handOff}/acceptance`);
}

/** Keeps what those who come should watch out for. Throws ApiProblem with status 409 when somebody else wrote meanwhile. */
export function writeWatchOuts(handOff: string, note: { text: string; startedFrom: string | null }) {
  return callApi<null>("PUT", `/api/ui/hand-offs/${handOff}/watch-outs`, note);
}

export function addShadow(scheduleId: string, shadow: Omit<ShadowInput, "scheduleId">) {
  return callApi<{ id: string }>("POST", `/api/ui/schedules/${scheduleId}/shadows`, shadow);
}

export function removeShadow(scheduleId: string, shadowId: string) {
  return callApi<null>("DELETE", `/api/ui/schedules/${scheduleId}/shadows/${shadowId}`);
}
