/** Where a listener listens. */
export interface Address {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
}

/** The flag that says where a listener listens. */
export type Flag = '--tcp' | '--tls' | '--http' | '--admin-http';

/** An address can't be taken. `cause` is the system's error. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen';
  readonly flag: Flag;
  readonly address: Address;

  constructor(flag: Flag, address: Address, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.flag = flag;
    this.address = address;
  }
}
