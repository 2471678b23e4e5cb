/** The team that everything belongs to until accounts exist; the first migration inserts it. */
export const localTeamId = '00000000-0000-7000-8000-000000000001';
