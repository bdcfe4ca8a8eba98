/** Name of the function that SQLite is given for points in time that are the wall time of the server's zone. */
export const WALL_TIME = 'limen_wall_time';

/** Where wall time is UTC, there is nothing to convert. */
export const SERVER_IS_UTC = /^(Etc\/)?(UTC|UCT|GMT|Zulu|Universal)$/.test(
  Intl.DateTimeFormat().resolvedOptions().timeZone,
);

/**
 * Milliseconds since 1970 as those at which a clock in UTC shows what the clock of the server's zone shows. SQLite's own
 * `localtime` takes years before 1970 and after 2037 for others, whose zone was another one.
 */
export function wallTime(ms: number): number {
  const at = new Date(ms);
  const shown = new Date(0);
  shown.setUTCFullYear(at.getFullYear(), at.getMonth(), at.getDate());
  shown.setUTCHours(at.getHours(), at.getMinutes(), at.getSeconds(), at.getMilliseconds());
  return shown.getTime();
}
