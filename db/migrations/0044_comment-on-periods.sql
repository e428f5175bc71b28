CREATE TABLE "period_comments" (
	"unit" text NOT NULL,
	"period" text NOT NULL,
	"selection" text NOT NULL,
	"version" integer NOT NULL,
	"words" text,
	"author_id" text,
	"author_name" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "period_comments_unit_period_selection_version_pk" PRIMARY KEY("unit","period","selection","version"),
	CONSTRAINT "period_comments_unit_check" CHECK ("period_comments"."unit" in ('week', 'month', 'quarter')),
	CONSTRAINT "period_comments_words_check" CHECK (length("period_comments"."words") between 1 and 4000)
);
--> statement-breakpoint
ALTER TABLE "period_comments" ADD CONSTRAINT "period_comments_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;