/**
 * A statement as what it does to which table by which columns, so that one row by its id and several
 * by a list of ids are the same; one that was written by hand in full, without its parameters.
 */
export function statementInShort(sql: string): string {
  const [, table] = /^SELECT .* FROM "public"\."(\w+)"/s.exec(sql) ?? [];
  if (table === undefined) return sql.replace(/\$\d+/g, '?').replace(/\s+/g, ' ').trim();
  const [, where = ''] = /\sWHERE (.*?)(?: ORDER BY | LIMIT | OFFSET |$)/s.exec(sql) ?? [];
  const columns = [...where.matchAll(/"\w+"\."(\w+)" (?:=|IN|<|>|IS)/g)].map(([, name]) => name);
  return `${table} by ${[...new Set(columns)].sort().join(', ') || 'nothing'}`;
}
