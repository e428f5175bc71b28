/** What can go wrong in a way the caller should know about. Anything else is a defect and answers 500 without its text. */
export const ERROR_CODES = [
  "invalid",
  "unauthenticated",
  "forbidden",
  "not_found",
  "conflict",
  "already_resolved",
  "too_many",
  "too_large",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export type FieldError = { field: string; message: string };

/** An expected refusal. `fields` names what was wrong with the input; `wireCode` is the public API's own number, where it has one. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields: FieldError[];
  readonly wireCode: number | null;

  constructor(code: ErrorCode, message: string, options: { fields?: FieldError[]; wireCode?: number } = {}) {
    super(message);
    this.name = "AppError";
    this.code = code;
    this.fields = options.fields ?? [];
    this.wireCode = options.wireCode ?? null;
  }
}

/** The status that a refusal has on every HTTP surface. */
export const STATUS_OF: Record<ErrorCode, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  already_resolved: 400,
  too_many: 429,
  too_large: 413,
};
