-- A trainer whose disk is full takes no job, and the list of trainers says so.
-- AlterTable
ALTER TABLE "trainer" ADD COLUMN     "is_disk_full" BOOLEAN NOT NULL DEFAULT false;

