import { callApi } from "#lib/browser/api";
import type { ReviewUpdate } from "#lib/reviews/schemas";

export const startReview = (incident: string) =>
  callApi<{ id: string; number: number }>("POST", "/api/ui/reviews", { incident });

export const updateReview = (id: string, input: ReviewUpdate) =>
  callApi<{ version: number }>("PATCH", `/api/ui/reviews/${id}`, input);
