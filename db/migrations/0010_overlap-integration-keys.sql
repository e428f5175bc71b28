ALTER TABLE "integrations" ADD COLUMN "previous_key" text;--> statement-breakpoint
ALTER TABLE "integrations" ADD COLUMN "previous_key_until" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "integrations_previous_key_idx" ON "integrations" USING btree ("previous_key");--> statement-breakpoint
ALTER TABLE "integrations" ADD CONSTRAINT "integrations_previous_key_check" CHECK (("integrations"."previous_key" is null) = ("integrations"."previous_key_until" is null));