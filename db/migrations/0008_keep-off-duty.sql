ALTER TABLE "schedule_versions" ADD COLUMN "off_duty" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
CREATE INDEX "intake_errors_integration_idx" ON "intake_errors" USING btree ("integration_id","received_at");--> statement-breakpoint
CREATE INDEX "schedule_overrides_user_idx" ON "schedule_overrides" USING btree ("user_id");