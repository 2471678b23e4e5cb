-- AlterTable
ALTER TABLE "run" ADD COLUMN     "feature_bytes_read" BIGINT,
ADD COLUMN     "feature_hits" BIGINT,
ADD COLUMN     "feature_misses" BIGINT,
ADD COLUMN     "feature_saved_seconds" DOUBLE PRECISION,
ADD COLUMN     "feature_seconds" DOUBLE PRECISION;

-- By hand from here on: what the schema language cannot say.

ALTER TABLE "run" ADD CONSTRAINT "run_features_finite"
  CHECK (
    "feature_hits" >= 0 AND "feature_misses" >= 0 AND "feature_bytes_read" >= 0
    AND "feature_seconds" >= 0 AND "feature_seconds" < 'Infinity'
    AND "feature_saved_seconds" > '-Infinity' AND "feature_saved_seconds" < 'Infinity'
  );

-- Specifications say in the new words what they said before. The triggers that freeze finished
-- rows step aside for it.
ALTER TABLE "search" DISABLE TRIGGER "search_final";
ALTER TABLE "search" DISABLE TRIGGER "search_complete";
UPDATE "search" SET "spec" = ("spec" - 'featureCacheMegabytes') || jsonb_build_object(
    'distil', '{"microBatch": null}'::jsonb || ("spec"->'distil'),
    'rating', '{"microBatch": null}'::jsonb || ("spec"->'rating'),
    'features', jsonb_build_object(
      'dtype', 'f32', 'cacheMegabytes', "spec"->'featureCacheMegabytes', 'microBatch', 64),
    -- A job that needed more memory than there was failed.
    'onOutOfMemory', 'fail'
  );
ALTER TABLE "search" ENABLE TRIGGER "search_final";
ALTER TABLE "search" ENABLE TRIGGER "search_complete";
