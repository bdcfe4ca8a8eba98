export interface Problem {
  /** Name of the setting, or of the configuration file. */
  readonly setting: string;
  /** What it got (unless secret) and what it takes. */
  readonly message: string;
}

/** Everything that is wrong with the settings, so that it can be put right at once. The start ends with it. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ setting, message }) => `${setting}: ${message}`).join('\n'));
    this.problems = problems;
  }
}
