-- Search spaces that teams keep by name, and tags of searches.
-- AlterTable
ALTER TABLE "search" ADD COLUMN     "search_space_id" UUID,
ADD COLUMN     "tags" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "search_space" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "text" TEXT NOT NULL,
    "visibility" "visibility" NOT NULL DEFAULT 'TEAM',
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "search_space_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "search_space_created_at_id_idx" ON "search_space"("created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "search_space_team_id_name_key" ON "search_space"("team_id", "name");

-- CreateIndex
CREATE INDEX "search_search_space_id_idx" ON "search"("search_space_id");

-- AddForeignKey
ALTER TABLE "search" ADD CONSTRAINT "search_search_space_id_fkey" FOREIGN KEY ("search_space_id") REFERENCES "search_space"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "search_space" ADD CONSTRAINT "search_space_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "search_space" ADD CONSTRAINT "search_space_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Labels of a finished search: its tags among them, and the saved space, which may be deleted.
DROP TRIGGER "search_final" ON "search";
DROP TRIGGER "search_complete" ON "search";
CREATE TRIGGER "search_final" BEFORE UPDATE ON "search" FOR EACH ROW
  WHEN (OLD."state" IN ('FAILED', 'CANCELLED'))
  EXECUTE FUNCTION "refuse_all_but"('visibility', 'name', 'tags', 'created_by_id', 'search_space_id');
CREATE TRIGGER "search_complete" BEFORE UPDATE ON "search" FOR EACH ROW
  WHEN (OLD."state" = 'COMPLETE')
  EXECUTE FUNCTION "refuse_all_but"('visibility', 'name', 'tags', 'created_by_id', 'search_space_id', 'event_cursor');
