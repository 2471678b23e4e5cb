-- The thinned form of finished jobs' long curves, so that many of them are shown at once.

-- CreateTable
CREATE TABLE "curve_sketch" (
    "job_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "steps" BYTEA NOT NULL,
    "values" BYTEA NOT NULL,
    "wall_times" BYTEA NOT NULL,

    CONSTRAINT "curve_sketch_pkey" PRIMARY KEY ("job_id","key")
);

-- AddForeignKey
ALTER TABLE "curve_sketch" ADD CONSTRAINT "curve_sketch_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Random bytes do not get smaller: trying costs time.
ALTER TABLE "curve_sketch" ALTER COLUMN "steps" SET STORAGE EXTERNAL,
  ALTER COLUMN "values" SET STORAGE EXTERNAL,
  ALTER COLUMN "wall_times" SET STORAGE EXTERNAL;
