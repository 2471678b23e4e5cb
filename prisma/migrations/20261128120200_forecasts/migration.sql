-- What forecasts go by: how many jobs a trainer has at once, and what the last jobs of a kind took.

-- AlterTable
ALTER TABLE "trainer" ADD COLUMN     "slots" INTEGER NOT NULL DEFAULT 1;

-- CreateIndex
CREATE INDEX "job_kind_state_finished_at_idx" ON "job"("kind", "state", "finished_at");
