-- What trained networks and teachers took their test images for, class by class.

-- CreateTable
CREATE TABLE "confusion" (
    "id" UUID NOT NULL,
    "retraining_id" UUID,
    "search_id" UUID,
    "counts" BYTEA NOT NULL,

    CONSTRAINT "confusion_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "confusion_retraining_id_key" ON "confusion"("retraining_id");

-- CreateIndex
CREATE UNIQUE INDEX "confusion_search_id_key" ON "confusion"("search_id");

-- AddForeignKey
ALTER TABLE "confusion" ADD CONSTRAINT "confusion_retraining_id_fkey" FOREIGN KEY ("retraining_id") REFERENCES "retraining"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "confusion" ADD CONSTRAINT "confusion_search_id_fkey" FOREIGN KEY ("search_id") REFERENCES "teacher"("search_id") ON DELETE CASCADE ON UPDATE CASCADE;

