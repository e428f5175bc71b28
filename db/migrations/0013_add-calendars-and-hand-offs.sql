CREATE TABLE "calendar_feeds" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"schedule_id" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"rotated_at" timestamp (3) with time zone,
	"last_read_at" timestamp (3) with time zone,
	CONSTRAINT "calendar_feeds_version_check" CHECK ("calendar_feeds"."version" >= 1)
);
--> statement-breakpoint
CREATE TABLE "published_shifts" (
	"schedule_id" text NOT NULL,
	"user_id" text NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone,
	"sequence" integer DEFAULT 0 NOT NULL,
	"modified_at" timestamp (3) with time zone NOT NULL,
	"cancelled_at" timestamp (3) with time zone,
	CONSTRAINT "published_shifts_schedule_id_user_id_starts_at_pk" PRIMARY KEY("schedule_id","user_id","starts_at"),
	CONSTRAINT "published_shifts_span_check" CHECK ("published_shifts"."ends_at" is null or "published_shifts"."ends_at" > "published_shifts"."starts_at")
);
--> statement-breakpoint
CREATE TABLE "calendar_spans" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "calendar_spans_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"calendar_id" text NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"user_id" text,
	"label" text NOT NULL,
	"priority" integer NOT NULL,
	CONSTRAINT "calendar_spans_span_check" CHECK ("calendar_spans"."ends_at" > "calendar_spans"."starts_at")
);
--> statement-breakpoint
CREATE TABLE "calendars" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"url" text,
	"host" text,
	"content" text,
	"read_at" timestamp (3) with time zone,
	"checked_at" timestamp (3) with time zone,
	"error" text,
	"failing_since" timestamp (3) with time zone,
	"warnings" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"created_by" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "calendars_name_check" CHECK (length("calendars"."name") between 1 and 255),
	CONSTRAINT "calendars_source_check" CHECK (("calendars"."url" is null) = ("calendars"."host" is null))
);
--> statement-breakpoint
CREATE TABLE "schedule_outlooks" (
	"schedule_id" text PRIMARY KEY NOT NULL,
	"compared_at" timestamp (3) with time zone NOT NULL,
	"known_until" timestamp (3) with time zone NOT NULL,
	"spans" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "shift_acceptances" (
	"schedule_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"user_id" text NOT NULL,
	"accepted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "shift_acceptances_schedule_id_at_user_id_pk" PRIMARY KEY("schedule_id","at","user_id")
);
--> statement-breakpoint
CREATE TABLE "shift_hand_offs" (
	"schedule_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"watch_outs" text NOT NULL,
	"written_by" text,
	"written_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "shift_hand_offs_schedule_id_at_pk" PRIMARY KEY("schedule_id","at"),
	CONSTRAINT "shift_hand_offs_watch_outs_check" CHECK (length("shift_hand_offs"."watch_outs") <= 10000)
);
--> statement-breakpoint
ALTER TABLE "schedule_layers" ADD COLUMN "calendar_id" text;--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_schedule_id_schedules_id_fk" FOREIGN KEY ("schedule_id") REFERENCES "public"."schedules"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "published_shifts" ADD CONSTRAINT "published_shifts_schedule_id_schedules_id_fk" FOREIGN KEY ("schedule_id") REFERENCES "public"."schedules"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "published_shifts" ADD CONSTRAINT "published_shifts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_spans" ADD CONSTRAINT "calendar_spans_calendar_id_calendars_id_fk" FOREIGN KEY ("calendar_id") REFERENCES "public"."calendars"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_spans" ADD CONSTRAINT "calendar_spans_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendars" ADD CONSTRAINT "calendars_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_outlooks" ADD CONSTRAINT "schedule_outlooks_schedule_id_schedules_id_fk" FOREIGN KEY ("schedule_id") REFERENCES "public"."schedules"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shift_acceptances" ADD CONSTRAINT "shift_acceptances_schedule_id_schedules_id_fk" FOREIGN KEY ("schedule_id") REFERENCES "public"."schedules"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shift_acceptances" ADD CONSTRAINT "shift_acceptances_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shift_hand_offs" ADD CONSTRAINT "shift_hand_offs_schedule_id_schedules_id_fk" FOREIGN KEY ("schedule_id") REFERENCES "public"."schedules"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shift_hand_offs" ADD CONSTRAINT "shift_hand_offs_written_by_users_id_fk" FOREIGN KEY ("written_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_feeds_key" ON "calendar_feeds" USING btree ("user_id",coalesce("schedule_id", ''));--> statement-breakpoint
CREATE INDEX "calendar_feeds_schedule_idx" ON "calendar_feeds" USING btree ("schedule_id");--> statement-breakpoint
CREATE INDEX "published_shifts_user_idx" ON "published_shifts" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "calendar_spans_span_idx" ON "calendar_spans" USING btree ("calendar_id","ends_at");--> statement-breakpoint
CREATE INDEX "calendar_spans_user_idx" ON "calendar_spans" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "calendars_due_idx" ON "calendars" USING btree ("due_at");--> statement-breakpoint
ALTER TABLE "schedule_layers" ADD CONSTRAINT "schedule_layers_calendar_id_calendars_id_fk" FOREIGN KEY ("calendar_id") REFERENCES "public"."calendars"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "schedule_layers_calendar_idx" ON "schedule_layers" USING btree ("calendar_id") WHERE "schedule_layers"."calendar_id" is not null;--> statement-breakpoint
ALTER TABLE "schedule_layers" ADD CONSTRAINT "schedule_layers_calendar_check" CHECK ("schedule_layers"."calendar_id" is null or "schedule_layers"."turn_count" = 0);