/** Imported before the server: a zone that was another one in other years, as most are. */
process.env.TZ = 'Europe/London';
