/** The same server's address, for another database. */
export function onDatabase(url: string, database: string): string {
  const [place = '', query] = url.split('?');
  const onServer = place.replace(/^(\w+:\/\/[^/]*)(\/.*)?$/, `$1/${database}`);
  return query === undefined ? onServer : `${onServer}?${query}`;
}
