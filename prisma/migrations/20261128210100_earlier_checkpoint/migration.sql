-- The last two checkpoints of a job: when the newest turns out to be damaged, the one before it serves.
-- AlterTable
ALTER TABLE "job" ADD COLUMN     "earlier_checkpoint_sha256" TEXT,
ADD COLUMN     "earlier_checkpoint_step" INTEGER;

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_earlier_checkpoint_sha256_fkey" FOREIGN KEY ("earlier_checkpoint_sha256") REFERENCES "artifact"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

