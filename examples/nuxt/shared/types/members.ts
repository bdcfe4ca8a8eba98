export interface Me {
  readonly email?: string | null;
}

export interface Credentials {
  readonly email: string;
  readonly password: string;
}
