CREATE TABLE "cover_declines" (
	"request_id" text NOT NULL,
	"user_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "cover_declines_request_id_user_id_pk" PRIMARY KEY("request_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "cover_offers" (
	"id" text PRIMARY KEY NOT NULL,
	"request_id" text NOT NULL,
	"user_id" text NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"outcome" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"decided_at" timestamp (3) with time zone,
	CONSTRAINT "cover_offers_outcome_check" CHECK ("cover_offers"."outcome" in ('waiting', 'accepted', 'declined', 'withdrawn')),
	CONSTRAINT "cover_offers_decided_check" CHECK (("cover_offers"."outcome" = 'waiting') = ("cover_offers"."decided_at" is null)),
	CONSTRAINT "cover_offers_span_check" CHECK ("cover_offers"."ends_at" > "cover_offers"."starts_at")
);
--> statement-breakpoint
CREATE TABLE "cover_requests" (
	"id" text PRIMARY KEY NOT NULL,
	"schedule_id" text NOT NULL,
	"requester_id" text NOT NULL,
	"asked_user_id" text,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"return_starts_at" timestamp (3) with time zone,
	"return_ends_at" timestamp (3) with time zone,
	"message" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"withdrawn_at" timestamp (3) with time zone,
	"declined_at" timestamp (3) with time zone,
	CONSTRAINT "cover_requests_span_check" CHECK ("cover_requests"."ends_at" > "cover_requests"."starts_at"),
	CONSTRAINT "cover_requests_asked_check" CHECK ("cover_requests"."asked_user_id" <> "cover_requests"."requester_id"),
	CONSTRAINT "cover_requests_return_check" CHECK (("cover_requests"."return_starts_at" is null) = ("cover_requests"."return_ends_at" is null)
        and ("cover_requests"."return_starts_at" is null or ("cover_requests"."return_ends_at" > "cover_requests"."return_starts_at" and "cover_requests"."asked_user_id" is not null))),
	CONSTRAINT "cover_requests_end_check" CHECK ("cover_requests"."withdrawn_at" is null or "cover_requests"."declined_at" is null),
	CONSTRAINT "cover_requests_declined_check" CHECK ("cover_requests"."declined_at" is null or "cover_requests"."asked_user_id" is not null),
	CONSTRAINT "cover_requests_message_check" CHECK (length("cover_requests"."message") <= 500)
);
--> statement-breakpoint
CREATE TABLE "schedule_shadows" (
	"id" text PRIMARY KEY NOT NULL,
	"schedule_id" text NOT NULL,
	"user_id" text NOT NULL,
	"follows_user_id" text,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"is_told" boolean DEFAULT false NOT NULL,
	"created_by" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "schedule_shadows_span_check" CHECK ("schedule_shadows"."ends_at" > "schedule_shadows"."starts_at"),
	CONSTRAINT "schedule_shadows_person_check" CHECK ("schedule_shadows"."follows_user_id" <> "schedule_shadows"."user_id")
);
--> statement-breakpoint
CREATE TABLE "time_off" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"calendar_id" text,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"note" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "time_off_span_check" CHECK ("time_off"."ends_at" > "time_off"."starts_at"),
	CONSTRAINT "time_off_note_check" CHECK (length("time_off"."note") <= 255)
);
--> statement-breakpoint
CREATE TABLE "time_off_calendars" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"encrypted_url" text NOT NULL,
	"host" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"read_at" timestamp (3) with time zone,
	"error" text,
	"failures" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "time_off_calendars_owner_key" UNIQUE("id","user_id"),
	CONSTRAINT "time_off_calendars_failures_check" CHECK (("time_off_calendars"."failures" = 0) = ("time_off_calendars"."error" is null))
);
--> statement-breakpoint
ALTER TABLE "schedule_layers" ADD COLUMN "own_hours" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "schedule_overrides" ADD COLUMN "cover_request_id" text;--> statement-breakpoint
ALTER TABLE "cover_declines" ADD CONSTRAINT "cover_declines_request_id_cover_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."cover_requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cover_declines" ADD CONSTRAINT "cover_declines_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cover_offers" ADD CONSTRAINT "cover_offers_request_id_cover_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."cover_requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cover_offers" ADD CONSTRAINT "cover_offers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cover_requests" ADD CONSTRAINT "cover_requests_schedule_id_schedules_id_fk" FOREIGN KEY ("schedule_id") REFERENCES "public"."schedules"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cover_requests" ADD CONSTRAINT "cover_requests_requester_id_users_id_fk" FOREIGN KEY ("requester_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cover_requests" ADD CONSTRAINT "cover_requests_asked_user_id_users_id_fk" FOREIGN KEY ("asked_user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_shadows" ADD CONSTRAINT "schedule_shadows_schedule_id_schedules_id_fk" FOREIGN KEY ("schedule_id") REFERENCES "public"."schedules"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_shadows" ADD CONSTRAINT "schedule_shadows_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_shadows" ADD CONSTRAINT "schedule_shadows_follows_user_id_users_id_fk" FOREIGN KEY ("follows_user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_shadows" ADD CONSTRAINT "schedule_shadows_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "time_off" ADD CONSTRAINT "time_off_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "time_off" ADD CONSTRAINT "time_off_calendar_id_time_off_calendars_id_fk" FOREIGN KEY ("calendar_id") REFERENCES "public"."time_off_calendars"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "time_off_calendars" ADD CONSTRAINT "time_off_calendars_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cover_declines_user_idx" ON "cover_declines" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "cover_offers_request_idx" ON "cover_offers" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "cover_offers_user_idx" ON "cover_offers" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "cover_offers_waiting_key" ON "cover_offers" USING btree ("request_id","user_id") WHERE "cover_offers"."outcome" = 'waiting';--> statement-breakpoint
CREATE INDEX "cover_requests_schedule_idx" ON "cover_requests" USING btree ("schedule_id","ends_at");--> statement-breakpoint
CREATE INDEX "cover_requests_requester_idx" ON "cover_requests" USING btree ("requester_id");--> statement-breakpoint
CREATE INDEX "cover_requests_asked_idx" ON "cover_requests" USING btree ("asked_user_id");--> statement-breakpoint
CREATE INDEX "schedule_shadows_schedule_idx" ON "schedule_shadows" USING btree ("schedule_id","ends_at");--> statement-breakpoint
CREATE INDEX "schedule_shadows_user_idx" ON "schedule_shadows" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "time_off_user_idx" ON "time_off" USING btree ("user_id","ends_at");--> statement-breakpoint
CREATE INDEX "time_off_calendar_idx" ON "time_off" USING btree ("calendar_id");--> statement-breakpoint
CREATE UNIQUE INDEX "time_off_calendars_user_key" ON "time_off_calendars" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "time_off_calendars_due_idx" ON "time_off_calendars" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "schedule_overrides_cover_idx" ON "schedule_overrides" USING btree ("cover_request_id") WHERE "schedule_overrides"."cover_request_id" is not null;--> statement-breakpoint
ALTER TABLE "schedule_overrides" ADD CONSTRAINT "schedule_overrides_cover_request_fk" FOREIGN KEY ("cover_request_id") REFERENCES "public"."cover_requests"("id") ON DELETE set null;
--> statement-breakpoint
-- Nobody takes what another has taken: accepted offers of one request lie within it and never overlap. The lock on the request makes
-- two that are accepted at once wait for each other.
CREATE FUNCTION refuse_double_cover() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  asked cover_requests%ROWTYPE;
BEGIN
  SELECT * INTO asked FROM cover_requests WHERE id = NEW.request_id FOR UPDATE;
  IF NEW.starts_at < asked.starts_at OR NEW.ends_at > asked.ends_at THEN
    RAISE EXCEPTION 'offer % reaches beyond its request', NEW.id USING ERRCODE = 'check_violation', CONSTRAINT = 'cover_offers_within_check';
  END IF;
  IF EXISTS (
    SELECT FROM cover_offers other
    WHERE other.request_id = NEW.request_id AND other.id <> NEW.id AND other.outcome = 'accepted'
      AND other.starts_at < NEW.ends_at AND other.ends_at > NEW.starts_at
  ) THEN
    RAISE EXCEPTION 'offer % takes what is taken', NEW.id USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'cover_offers_taken_excl';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER cover_offers_once BEFORE INSERT OR UPDATE ON cover_offers
  FOR EACH ROW WHEN (NEW.outcome = 'accepted') EXECUTE FUNCTION refuse_double_cover();
