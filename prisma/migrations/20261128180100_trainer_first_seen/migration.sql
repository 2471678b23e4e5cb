-- Who looks at trainers sees since when each is there, and what they did for whom of late.

-- AlterTable
ALTER TABLE "trainer" ADD COLUMN     "first_seen" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- Of those that are known already, what their first attempt tells.
UPDATE "trainer" SET "first_seen" = least("last_seen",
  (SELECT min("started_at") FROM "run" WHERE "run"."trainer_id" = "trainer"."id"));

-- CreateIndex
CREATE INDEX "run_finished_at_idx" ON "run"("finished_at");
